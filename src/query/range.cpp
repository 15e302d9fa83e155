#include "tessera/query/range.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <optional>

#include "first_matches.hpp"
#include "order_matches.hpp"
#include "scan.hpp"
#include "slab_matches.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// One thread's answer.
class Finder {
  public:
    Finder(core::TripTable const& trips, RangeQuestion const& question)
        : trips_(trips), count_only_(question.count_only), first_(question.limit) {}

    void take(RowBlock const& block) {
        matched_ += block.size();
        if (count_only_) return;
        PerRow<core::WallTime> room;
        core::WallTime const* const times = block.pickup_times(trips_, room);
        for (std::size_t i = 0; i < block.size(); ++i) {
            std::size_t const row = block.row(i);
            if (first_.wants(times[i])) first_.add({times[i], trips_.line[row], trips_.file[row], block.store_row(i)});
        }
    }
    RangeAnswer finish() { return {matched_, first_.take()}; }

  private:
    core::TripTable const& trips_;
    bool count_only_;
    std::uint64_t matched_ = 0;
    FirstMatches first_;
};

RangeAnswer merge_all(std::vector<RangeAnswer> parts, std::uint64_t limit) {
    RangeAnswer answer = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i)
        answer = merge(std::move(answer), std::move(parts[i]), limit);
    return answer;
}

/// How many rows of some slabs match.
TESSERA_WIDE_WHOLE
std::uint64_t count_matching(core::TripTable const& trips, TimeSlabs const& slabs, RowRange some, Filter const& filter,
                             Looked& looked) {
    std::uint64_t matched = 0;
    for_each_matching(trips, slabs, some, filter, Wanted::number, looked, [&](std::size_t, std::uint32_t rows) {
        matched += static_cast<std::uint64_t>(std::popcount(rows));
    });
    return matched;
}

/// Picks the rows of some slabs that match. Whether there was room for all.
TESSERA_WIDE_WHOLE
bool pick_matching(core::TripTable const& trips, TimeSlabs const& slabs, RowRange some, Filter const& filter,
                   Looked& looked, PickedPlaces& picked) {
    bool has_room = true;
    for_each_matching(
        trips, slabs, some, filter, Wanted::rows_and_times, looked, [&](std::size_t block, std::uint32_t rows) {
            has_room = has_room && picked.count + rows_a_block <= block_rows;
            if (!has_room) return;
            for (; rows != 0; rows &= rows - 1) {
                std::size_t const place = block * rows_a_block + static_cast<std::size_t>(std::countr_zero(rows));
                std::uint32_t const row = slabs.order.row[place];
                __builtin_prefetch(&trips.line[row]);  // wanted soon, and it lies anywhere
                __builtin_prefetch(&trips.file[row]);
                picked.rows[picked.count] = row;
                picked.times[picked.count++] = slabs.time(place);
            }
        });
    return has_room;
}

/// In the slabs that a window touches, where they have so few blocks that looking at their boxes is cheaper than to
/// plan anything; without a box all their rows are looked at. Not where many match.
std::optional<RangeAnswer> find_in_few_slabs(TripIndex const& index, RangeQuestion const& question, Looked& looked) {
    constexpr std::size_t few_blocks_without_box = 512;
    Filter const& filter = question.filter;
    if (!filter.from && !filter.to) return std::nullopt;
    TimeSlabs const& slabs = index.slabs(filter.box ? filter.on : End::pickup);
    RowRange const some = slabs_in_window(slabs, filter), blocks = slabs.blocks_of(some);
    if (blocks.last - blocks.first > (filter.box ? most_blocks_at_once : few_blocks_without_box)) return std::nullopt;
    core::TripTable const& trips = index.loaded().trips;
    if (question.count_only) return RangeAnswer{count_matching(trips, slabs, some, filter, looked), {}};

    PickedPlaces picked;
    Looked looked_here;
    if (!pick_matching(trips, slabs, some, filter, looked_here, picked)) return std::nullopt;
    looked.tiles += looked_here.tiles;
    looked.rows += looked_here.rows;
    return RangeAnswer{picked.count, order_matches(trips, picked, index.first_store_row(), question.limit)};
}

}  // namespace

core::ColumnSet columns_of(RangeQuestion const& question) {
    using core::Column;
    core::ColumnSet columns = columns_of(question.filter);
    if (!question.count_only) columns.add({Column::pickup_time, Column::file, Column::line});
    return columns;
}

RangeAnswer find_range(geo::LoadedTiles const& loaded, RangeQuestion const& question) {
    return merge_all(scan(loaded, question.filter, [&] { return Finder(loaded.trips, question); }), question.limit);
}

RangeAnswer find_range(TripIndex const& index, RangeQuestion const& question, Looked& looked) {
    if (auto answer = find_in_few_slabs(index, question, looked)) return std::move(*answer);
    auto const make = [&] { return Finder(index.loaded().trips, question); };
    return merge_all(scan(index, plan_access(index, question.filter, {}), question.filter, looked, make),
                     question.limit);
}

RangeAnswer merge(RangeAnswer a, RangeAnswer b, std::uint64_t limit) {
    a.matched += b.matched;
    if (b.matches.empty()) return a;
    std::vector<Match> both;
    both.reserve(a.matches.size() + b.matches.size());
    std::merge(a.matches.begin(), a.matches.end(), b.matches.begin(), b.matches.end(), std::back_inserter(both));
    if (limit != 0 && both.size() > limit) both.resize(limit);
    a.matches = std::move(both);
    return a;
}

}  // namespace tessera::query
