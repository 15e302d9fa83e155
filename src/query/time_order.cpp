#include "tessera/query/time_order.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "scan.hpp"
#include "tessera/core/row_limit.hpp"

namespace tessera::query {
namespace {

// What decides a trip's place, side by side, so that sorting does not jump between columns.

struct ByRow {
    std::uint64_t time_and_row;

    ByRow(core::TripTable const& trips, std::size_t at)
        : time_and_row(std::uint64_t{trips.pickup_time[at].count} << 32 | at) {}
    std::uint32_t row() const { return static_cast<std::uint32_t>(time_and_row); }
    friend bool operator<(ByRow a, ByRow b) { return a.time_and_row < b.time_and_row; }
};

struct ByFileAndLine {
    core::WallTime time;
    core::LineNumber line;
    core::FileId file;
    std::uint32_t at;

    ByFileAndLine(core::TripTable const& trips, std::size_t row_at)
        : time(trips.pickup_time[row_at]),
          line(trips.line[row_at]),
          file(trips.file[row_at]),
          at(static_cast<std::uint32_t>(row_at)) {}
    std::uint32_t row() const { return at; }
    friend bool operator<(ByFileAndLine const& a, ByFileAndLine const& b) {
        return std::tie(a.time, a.file, a.line) < std::tie(b.time, b.file, b.line);
    }
};

/// One thread's rows.
template <class Entry>
class Collector {
  public:
    explicit Collector(core::TripTable const& trips) : trips_(trips) {}
    void take(RowBlock const& block) {
        for (std::size_t i = 0; i < block.size(); ++i)
            entries_.emplace_back(trips_, block.row(i));
    }
    std::vector<Entry> finish() {
        std::sort(entries_.begin(), entries_.end());
        return std::move(entries_);
    }

  private:
    core::TripTable const& trips_;
    std::vector<Entry> entries_;
};

/// Neighbours merge until one list is left, so that each entry is moved once for each doubling of the threads.
template <class Entry>
std::vector<Entry> merge_all(std::vector<std::vector<Entry>> lists) {
    while (lists.size() > 1) {
        std::vector<std::vector<Entry>> merged;
        for (std::size_t i = 0; i + 1 < lists.size(); i += 2) {
            auto& both = merged.emplace_back();
            both.reserve(lists[i].size() + lists[i + 1].size());
            std::merge(lists[i].begin(), lists[i].end(), lists[i + 1].begin(), lists[i + 1].end(),
                       std::back_inserter(both));
            lists[i] = {}, lists[i + 1] = {};
        }
        if (lists.size() % 2 == 1) merged.push_back(std::move(lists.back()));
        lists = std::move(merged);
    }
    return std::move(lists.front());
}

template <class Entry>
TimeOrder order_entries(geo::LoadedTiles const& loaded, Filter const& filter) {
    auto const entries = merge_all(scan(loaded, filter, [&] { return Collector<Entry>(loaded.trips); }));
    TimeOrder order(entries.size());
    std::transform(entries.begin(), entries.end(), order.begin(), [](Entry const& entry) { return entry.row(); });
    return order;
}

}  // namespace

core::ColumnSet columns_of(Filter const& filter, Ties ties) {
    core::ColumnSet columns = columns_of(filter);
    columns.add(core::Column::pickup_time);
    if (ties == Ties::by_file_and_line) columns.add({core::Column::file, core::Column::line});
    return columns;
}

TimeOrder order_by_time(geo::LoadedTiles const& loaded, Filter const& filter, Ties ties) {
    core::require_row_numbers(geo::trip_count(loaded.tiles));
    return ties == Ties::by_row ? order_entries<ByRow>(loaded, filter) : order_entries<ByFileAndLine>(loaded, filter);
}

}  // namespace tessera::query
