#include "tessera/tiling/cell_counter.hpp"

#include <omp.h>

#include <algorithm>

#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {

CellCounter::CellCounter(core::TripTable const& trips) : key_(trips.pickup_lon.size()), place_(key_.size()) {
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < key_.size(); ++i)
        key_[i] = geo::hilbert_key({trips.pickup_lon[i].count, trips.pickup_lat[i].count});
}

std::size_t CellCounter::descendant_of(std::size_t trip, unsigned depth, unsigned level) const {
    std::uint64_t const steps = geo::prefix_of(key_[trip], level) & ((std::uint64_t{1} << (2 * depth)) - 1);
    return std::size_t{place_[trip].index} << (2 * depth) | steps;
}

std::vector<std::uint64_t> CellCounter::count(PlanGrower const& grower) const {
    std::vector<std::uint64_t> counts(grower.counters(), 0);
    unsigned const depth = grower.depth(), level = grower.level();
    // Each thread has counters of its own; where there are many, fewer threads keep them within 64 MiB.
    constexpr std::size_t most_counters = std::size_t{1} << 23;
    auto const team =
        std::clamp<std::size_t>(most_counters / counts.size(), 1, static_cast<std::size_t>(omp_get_max_threads()));
    std::vector<std::vector<std::uint64_t>> counts_of_thread(team, std::vector<std::uint64_t>(counts.size(), 0));
#pragma omp parallel num_threads(static_cast <int>(team))
    {
        auto& mine = counts_of_thread[static_cast<std::size_t>(omp_get_thread_num())];
#pragma omp for schedule(static) nowait
        for (std::size_t i = 0; i < key_.size(); ++i)
            if (!place_[i].in_tile) ++mine[descendant_of(i, depth, level)];
#pragma omp critical(tessera_cell_counts)
        for (std::size_t c = 0; c < counts.size(); ++c)
            counts[c] += mine[c];
    }
    return counts;
}

void CellCounter::follow(std::span<Place const> places, unsigned depth, unsigned level) {
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < key_.size(); ++i)
        if (!place_[i].in_tile) place_[i] = places[descendant_of(i, depth, level)];
}

std::vector<std::uint32_t> CellCounter::tiles(std::span<std::uint32_t const> place_of_found) const {
    std::vector<std::uint32_t> tiles(place_.size());
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < tiles.size(); ++i)
        tiles[i] = place_of_found[place_[i].index];
    return tiles;
}

}  // namespace tessera::tiling
