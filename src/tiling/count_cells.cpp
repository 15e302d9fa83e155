#include "tessera/tiling/count_cells.hpp"

#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {

std::vector<std::uint64_t> count_cells(KeyOrder const& sorted, PlanGrower const& grower) {
    std::vector<std::uint64_t> counts(grower.counters(), 0);
    std::size_t const descendants = std::size_t{1} << (2 * grower.depth());
    auto const open = grower.open();
#pragma omp parallel for schedule(dynamic, 16)
    for (std::size_t cell = 0; cell < open.size(); ++cell) {
        std::uint64_t const first = open[cell] << (2 * grower.depth());  // prefix of the first descendant
        std::size_t at = sorted.find(geo::first_key_of(first, grower.level()));
        for (std::size_t d = 0; d < descendants && at < sorted.size(); ++d) {
            std::size_t const next = sorted.find(geo::first_key_of(first + d + 1, grower.level()), at);
            counts[cell * descendants + d] = next - at;
            at = next;
        }
    }
    return counts;
}

std::vector<std::uint64_t> find_tiles(KeyOrder const& sorted, std::span<std::uint64_t const> keys) {
    std::vector<std::uint64_t> first(keys.size() + 1, sorted.size());
#pragma omp parallel for schedule(static)
    for (std::size_t tile = 0; tile < keys.size(); ++tile)
        first[tile] = sorted.find(keys[tile]);
    return first;
}

}  // namespace tessera::tiling
