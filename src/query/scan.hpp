#pragma once
#include <omp.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "access.hpp"
#include "pick_places.hpp"
#include "pick_rows.hpp"
#include "tessera/core/exception_keeper.hpp"

namespace tessera::query {

/// Below this many rows a team of threads costs more than it saves.
inline constexpr std::uint64_t least_rows_for_a_team = 32'768;

/// Pieces that a thread takes at a time: few enough that all threads end together, many enough that small tiles fill
/// blocks.
inline std::size_t pieces_a_turn(std::size_t pieces, int threads) {
    constexpr std::size_t turns_a_thread = 64;
    return std::clamp<std::size_t>(pieces / (turns_a_thread * static_cast<std::size_t>(threads)), 1, 64);
}

/// What a scan brought: what the workers finished with, at least one of them, in no order that means anything (merge
/// them by something associative and commutative), and how many rows they looked at.
template <class Part>
struct Scanned {
    std::vector<Part> parts;
    std::uint64_t rows = 0;
};

/// Local, OpenMP. Shares pieces out over a team. Each thread makes a worker by `make()`, calls
/// `take_pieces(worker, first, last)`, which returns how many rows it looked at, for runs of pieces, and at the end
/// `worker.finish()`. Inside a parallel region the caller's thread does it all.
template <class Make, class TakePieces>
auto scan_in_team(std::size_t pieces, std::uint64_t about_rows, Make&& make, TakePieces&& take_pieces) {
    using Part = decltype(make().finish());
    bool const alone = about_rows < least_rows_for_a_team || omp_in_parallel() != 0;
    int const threads = alone ? 1 : omp_get_max_threads();
    std::size_t const turn = pieces_a_turn(pieces, threads);
    std::vector<std::optional<Part>> finished(static_cast<std::size_t>(threads));
    Scanned<Part> scanned;
    std::uint64_t rows = 0;
    core::ExceptionKeeper keeper;
#pragma omp parallel num_threads(threads) reduction(+ : rows)
    {
        std::optional<decltype(make())> worker;
        keeper.run([&] { worker.emplace(make()); });
#pragma omp for schedule(dynamic) nowait
        for (std::size_t first = 0; first < pieces; first += turn)
            keeper.run([&] { rows += take_pieces(*worker, first, std::min(pieces, first + turn)); });
        keeper.run([&] { finished[static_cast<std::size_t>(omp_get_thread_num())] = worker->finish(); });
    }
    keeper.rethrow();
    for (std::optional<Part>& part : finished)
        if (part) scanned.parts.push_back(std::move(*part));  // OpenMP may give fewer threads than asked for
    scanned.rows = rows;
    return scanned;
}

template <class Make>
auto scan_tiles(geo::LoadedTiles const& loaded, Access const& access, Filter const& filter, Make&& make) {
    std::span<std::uint32_t const> const tiles(access.pieces);
    FetchAhead const ahead(loaded, filter, access.columns);
    return scan_in_team(tiles.size(), access.rows, make, [&](auto& worker, std::size_t first, std::size_t last) {
        return take_tiles(loaded, filter, ahead, tiles.subspan(first, last - first),
                          [&](RowBlock const& block) { worker.take(block); });
    });
}

/// Local, OpenMP. Calls `worker.take(block)` for blocks of rows that match the filter, each row once over all workers,
/// by the way that was planned.
template <class Make>
auto scan(TripIndex const& index, Access const& access, Filter const& filter, Looked& looked, Make&& make) {
    std::span<std::uint32_t const> const pieces(access.pieces);
    auto scanned = [&] {
        if (access.way == Access::Way::tiles) return scan_tiles(index.loaded(), access, filter, make);
        BlockRows const rows =
            access.way == Access::Way::slabs ? BlockRows(index.slabs(access.on)) : BlockRows(index.curve(End::dropoff));
        return scan_in_team(pieces.size(), access.rows, make, [&](auto& worker, std::size_t first, std::size_t last) {
            return take_blocks(index.loaded().trips, rows, index.first_store_row(), filter,
                               pieces.subspan(first, last - first), [&](RowBlock const& block) { worker.take(block); });
        });
    }();
    looked.tiles += pieces.size();
    looked.rows += scanned.rows;
    return std::move(scanned.parts);
}

/// Local, OpenMP. The same without an index.
template <class Make>
auto scan(geo::LoadedTiles const& loaded, Access const& access, Filter const& filter, Make&& make) {
    return std::move(scan_tiles(loaded, access, filter, make).parts);
}
template <class Make>
auto scan(geo::LoadedTiles const& loaded, Filter const& filter, Make&& make) {
    return scan(loaded, access_by_tiles(loaded, filter, {}), filter, make);
}

}  // namespace tessera::query
