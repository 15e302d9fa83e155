#include "tessera/query/range.hpp"

#include <algorithm>
#include <iterator>

#include "first_matches.hpp"
#include "scan.hpp"

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
        for (std::size_t i = 0; i < block.size(); ++i) {
            std::size_t const row = block.row(i);
            core::WallTime const time = trips_.pickup_time[row];
            if (first_.wants(time)) first_.add({time, trips_.line[row], trips_.file[row], block.store_row(i)});
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
    auto const make = [&] { return Finder(index.loaded().trips, question); };
    return merge_all(scan(index, plan_access(index, question.filter), question.filter, looked, make), question.limit);
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
