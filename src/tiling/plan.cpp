#include "tessera/tiling/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "tessera/core/error.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {

PlanGrower::PlanGrower(std::uint64_t tile_trips, std::size_t at_most)
    : tile_trips_(tile_trips), most_tiles_(at_most), open_{0} {
    set_depth();
}

void PlanGrower::set_depth() {
    // Counters of a step are kept small enough for the cache, and for every rank to add them up.
    constexpr std::size_t most_counters = std::size_t{1} << 20;
    depth_ = 3;
    while (depth_ > 1 && (counters() > most_counters || level() > geo::deepest_level))
        --depth_;
}

/// Handles the cell `below` levels above the counted ones, whose descendants' counts are given.
void PlanGrower::descend(std::span<std::uint64_t const> counts, std::uint64_t prefix, unsigned below,
                         std::vector<std::uint64_t>& open) {
    std::uint64_t const trips = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    unsigned const cell_level = level() - below;
    bool const split = trips > tile_trips_ && cell_level < geo::deepest_level;
    if (trips == 0) return;
    if (split && below > 0) {
        for (std::size_t child = 0; child < 4; ++child)
            descend(counts.subspan(child * (counts.size() / 4), counts.size() / 4), prefix << 2 | child, below - 1,
                    open);
    } else if (split) {
        open.push_back(prefix);
    } else {
        if (found_.size() == most_tiles_)
            throw core::DataError(
                fmt::format("more than {} tiles of {} trips, and every rank holds the table of them; "
                            "give a larger --tile-trips",
                            most_tiles_, tile_trips_));
        found_.key.push_back(geo::first_key_of(prefix, cell_level));
        found_.level.push_back(static_cast<std::uint8_t>(cell_level));
        found_.trips.push_back(trips);
    }
}

void PlanGrower::grow(std::span<std::uint64_t const> counts) {
    std::vector<std::uint64_t> open;
    std::size_t const descendants = std::size_t{1} << (2 * depth_);
    for (std::size_t cell = 0; cell < open_.size(); ++cell)
        descend(counts.subspan(cell * descendants, descendants), open_[cell], depth_, open);
    level_ += depth_;
    open_ = std::move(open);
    if (!done()) set_depth();
}

TilePlan PlanGrower::finish() const {
    std::vector<std::uint32_t> order(found_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return found_.key[a] < found_.key[b]; });
    TilePlan plan;
    for (std::uint32_t const tile : order) {
        plan.key.push_back(found_.key[tile]);
        plan.level.push_back(found_.level[tile]);
        plan.trips.push_back(found_.trips[tile]);
    }
    return plan;
}

}  // namespace tessera::tiling
