#include "tessera/tiling/count_cells.hpp"

#include <algorithm>

#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {
namespace {

/// The first row at or after `from` whose key is not below: likely to be near, so that the steps start small.
std::size_t find_from(std::span<KeyedRow const> sorted, std::size_t from, std::uint64_t key) {
    std::size_t below = from, step = 1;
    while (below + step < sorted.size() && sorted[below + step].key < key) {
        below += step;
        step *= 2;
    }
    auto const end = std::min(below + step, sorted.size());
    auto const at = std::lower_bound(sorted.begin() + static_cast<std::ptrdiff_t>(below),
                                     sorted.begin() + static_cast<std::ptrdiff_t>(end), key,
                                     [](KeyedRow const& row, std::uint64_t wanted) { return row.key < wanted; });
    return static_cast<std::size_t>(at - sorted.begin());
}

}  // namespace

std::vector<std::uint64_t> count_cells(std::span<KeyedRow const> sorted, PlanGrower const& grower) {
    std::vector<std::uint64_t> counts(grower.counters(), 0);
    std::size_t const descendants = std::size_t{1} << (2 * grower.depth());
    auto const open = grower.open();
#pragma omp parallel for schedule(dynamic, 16)
    for (std::size_t cell = 0; cell < open.size(); ++cell) {
        std::uint64_t const first = open[cell] << (2 * grower.depth());  // prefix of the first descendant
        std::size_t at = find_from(sorted, 0, geo::first_key_of(first, grower.level()));
        for (std::size_t d = 0; d < descendants && at < sorted.size(); ++d) {
            std::size_t const next = find_from(sorted, at, geo::first_key_of(first + d + 1, grower.level()));
            counts[cell * descendants + d] = next - at;
            at = next;
        }
    }
    return counts;
}

std::vector<std::uint64_t> find_tiles(std::span<KeyedRow const> sorted, std::span<std::uint64_t const> keys) {
    std::vector<std::uint64_t> first(keys.size() + 1, sorted.size());
#pragma omp parallel for schedule(static)
    for (std::size_t tile = 0; tile < keys.size(); ++tile)
        first[tile] = find_from(sorted, 0, keys[tile]);
    return first;
}

}  // namespace tessera::tiling
