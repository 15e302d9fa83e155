#include "tessera/query/range.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <optional>

#include "blocks_within.hpp"
#include "first_matches.hpp"
#include "scan.hpp"
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

/// How many rows of some blocks match.
TESSERA_WIDE_WHOLE
std::uint64_t count_matching(core::TripTable const& trips, TimeSlabs const& slabs, RowRange blocks,
                             Filter const& filter, Looked& looked) {
    BlockRows const rows(slabs);
    std::uint64_t matched = 0;
    // Blocks are asked for before they are looked at: they lie anywhere in memory.
    std::array<std::uint32_t, 64> waiting;
    std::size_t count = 0;
    auto const look = [&] {
        for (std::size_t i = 0; i < count; ++i)
            matched += static_cast<std::uint64_t>(std::popcount(rows.matching(trips, filter, waiting[i])));
        count = 0;
    };
    for_each_block_within(slabs.order.box, blocks, filter.box, [&](std::size_t block) {
        slabs.fetch(block);
        ++looked.tiles;
        looked.rows += slabs.order.size[block];
        waiting[count++] = static_cast<std::uint32_t>(block);
        if (count == waiting.size()) look();
    });
    look();
    return matched;
}

/// Picks the rows of blocks that match, from block `next` of a list on, until there is room for no more.
TESSERA_WIDE_WHOLE
void pick_matching(core::TripTable const& trips, TimeSlabs const& slabs, std::vector<std::uint32_t> const& blocks,
                   std::size_t& next, Filter const& filter, PickedPlaces& picked) {
    BlockRows const rows(slabs);
    for (; next < blocks.size() && picked.count + rows_a_block <= block_rows; ++next) {
        std::size_t const before = picked.count;
        pick_matching_rows(trips, rows, filter, blocks[next], picked);
        for (std::size_t i = before; i < picked.count; ++i) {  // they are wanted soon, and lie anywhere
            __builtin_prefetch(&trips.line[picked.rows[i]]);
            __builtin_prefetch(&trips.file[picked.rows[i]]);
        }
    }
}

/// In the blocks of the slabs that a window touches, where these are so few that looking at their boxes is cheaper than
/// to plan anything; without a box all their rows are looked at.
std::optional<RangeAnswer> find_in_few_slabs(TripIndex const& index, RangeQuestion const& question, Looked& looked) {
    constexpr std::size_t few_blocks = 4096, few_blocks_without_box = 512, most_fetched = 64;
    Filter const& filter = question.filter;
    if (!filter.from && !filter.to) return std::nullopt;
    TimeSlabs const& slabs = index.slabs(filter.box ? filter.on : End::pickup);
    RowRange const blocks = slabs.blocks_of(slabs_in_window(slabs, filter));
    if (blocks.last - blocks.first > (filter.box ? few_blocks : few_blocks_without_box)) return std::nullopt;
    core::TripTable const& trips = index.loaded().trips;
    if (question.count_only) return RangeAnswer{count_matching(trips, slabs, blocks, filter, looked), {}};

    Finder finder(trips, question);
    PickedPlaces picked;
    std::vector<std::uint32_t> const some = blocks_within(slabs, blocks, filter.box);
    for (std::size_t i = 0; i < std::min(some.size(), most_fetched); ++i)
        slabs.fetch(some[i]);
    for (std::size_t next = 0; next < some.size(); picked.count = 0) {
        pick_matching(trips, slabs, some, next, filter, picked);
        if (picked.count > 0) finder.take(RowBlock(picked.rows, picked.times, picked.count, index.first_store_row()));
    }
    looked.tiles += some.size();
    looked.rows += some.size() * rows_a_block;
    return finder.finish();
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
