#include "tessera/tiling/plan.hpp"

#include <algorithm>
#include <numeric>

#include "tessera/core/error.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {

namespace {

/// A Place has 31 bits for it.
std::uint32_t checked_index(std::size_t index) {
    if (index >> 31 != 0) throw core::DataError("2^31 tiles or more; give a larger --tile-trips");
    return static_cast<std::uint32_t>(index);
}

}  // namespace

/// One step's input and what it finds.
struct PlanGrower::Step {
    std::span<std::uint64_t const> counts;
    std::vector<Place> places;
    std::vector<std::uint64_t> open;
};

PlanGrower::PlanGrower(std::uint64_t tile_trips) : tile_trips_(tile_trips), open_{0} {
    set_depth();
}

void PlanGrower::set_depth() {
    // Counters of a step are kept small enough for the cache, and for every rank to add them up.
    constexpr std::size_t most_counters = std::size_t{1} << 20;
    depth_ = 3;
    while (depth_ > 1 && (counters() > most_counters || level() > geo::deepest_level))
        --depth_;
}

/// Handles the cell `below` levels above the counted ones, whose descendants are counts[first, first + count).
void PlanGrower::descend(Step& step, std::uint64_t prefix, unsigned below, std::size_t first, std::size_t count) {
    auto const counts = step.counts.subspan(first, count);
    std::uint64_t const trips = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    unsigned const cell_level = level() - below;
    bool const split = trips > tile_trips_ && cell_level < geo::deepest_level;
    if (trips == 0) return;
    if (split && below > 0) {
        for (std::size_t child = 0; child < 4; ++child)
            descend(step, prefix << 2 | child, below - 1, first + child * (count / 4), count / 4);
        return;
    }
    Place place{};
    place.in_tile = !split;
    if (split) {
        place.index = checked_index(step.open.size()) & 0x7fff'ffffU;
        step.open.push_back(prefix);
    } else {
        place.index = checked_index(found_.size()) & 0x7fff'ffffU;
        found_.key.push_back(geo::first_key_of(prefix, cell_level));
        found_.level.push_back(static_cast<std::uint8_t>(cell_level));
        found_.trips.push_back(trips);
    }
    std::fill_n(step.places.begin() + static_cast<std::ptrdiff_t>(first), count, place);
}

std::vector<Place> PlanGrower::grow(std::span<std::uint64_t const> counts) {
    Step step{counts, std::vector<Place>(counts.size()), {}};
    std::size_t const descendants = std::size_t{1} << (2 * depth_);
    for (std::size_t cell = 0; cell < open_.size(); ++cell)
        descend(step, open_[cell], depth_, cell * descendants, descendants);
    level_ += depth_;
    open_ = std::move(step.open);
    if (!done()) set_depth();
    return std::move(step.places);
}

TilePlan PlanGrower::finish(std::vector<std::uint32_t>& place_of_found) const {
    std::vector<std::uint32_t> order(found_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return found_.key[a] < found_.key[b]; });
    TilePlan plan;
    place_of_found.assign(found_.size(), 0);
    for (std::uint32_t const tile : order) {
        place_of_found[tile] = static_cast<std::uint32_t>(plan.size());
        plan.key.push_back(found_.key[tile]);
        plan.level.push_back(found_.level[tile]);
        plan.trips.push_back(found_.trips[tile]);
    }
    return plan;
}

}  // namespace tessera::tiling
