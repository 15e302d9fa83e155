#pragma once
#include <omp.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "pick_rows.hpp"
#include "tessera/core/exception_keeper.hpp"

namespace tessera::query {

/// Below this many rows a team of threads costs more than it saves.
inline constexpr std::uint64_t least_rows_for_a_team = 32'768;

/// Tiles that a thread takes at a time: few enough that all threads end together, many enough that small tiles fill
/// blocks.
inline std::size_t tiles_a_turn(std::size_t tiles, int threads) {
    constexpr std::size_t turns_a_thread = 64;
    return std::clamp<std::size_t>(tiles / (turns_a_thread * static_cast<std::size_t>(threads)), 1, 64);
}

/// Local, OpenMP. Each thread makes a worker by `make()`, calls `worker.take(block)` for blocks of rows that match the
/// filter, each row once over all threads, and at the end `worker.finish()`. Returns what the workers finished with,
/// at least one, in no order that means anything: merge them by something associative and commutative.
template <class Make>
auto scan(geo::LoadedTiles const& loaded, Filter const& filter, Make&& make) {
    using Part = decltype(make().finish());
    std::size_t const tiles = loaded.tiles.size();
    bool const alone = geo::trip_count(loaded.tiles) < least_rows_for_a_team;
    int const threads = alone ? 1 : omp_get_max_threads();
    std::size_t const turn = tiles_a_turn(tiles, threads);
    std::vector<std::optional<Part>> finished(static_cast<std::size_t>(threads));
    core::ExceptionKeeper keeper;
#pragma omp parallel num_threads(threads)
    {
        std::optional<decltype(make())> worker;
        keeper.run([&] { worker.emplace(make()); });
#pragma omp for schedule(dynamic) nowait
        for (std::size_t first = 0; first < tiles; first += turn)
            keeper.run([&] {
                take_tiles(loaded, filter, first, std::min(tiles, first + turn),
                           [&](RowBlock const& block) { worker->take(block); });
            });
        keeper.run([&] { finished[static_cast<std::size_t>(omp_get_thread_num())] = worker->finish(); });
    }
    keeper.rethrow();
    std::vector<Part> parts;
    for (std::optional<Part>& part : finished)
        if (part) parts.push_back(std::move(*part));  // OpenMP may give fewer threads than asked for
    return parts;
}

}  // namespace tessera::query
