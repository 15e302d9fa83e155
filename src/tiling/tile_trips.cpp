#include "tessera/tiling/tile_trips.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/tiling/count_cells.hpp"
#include "tessera/tiling/cut_runs.hpp"
#include "tessera/tiling/plan.hpp"

namespace tessera::tiling {
namespace {

constexpr char const* stage = "sorting trips into tiles";

/// Collective. Grows the tree on the sum of all ranks' counts, so that every rank grows the same one.
TilePlan plan_tiles(comm::Communicator const& comm, std::span<KeyedRow const> sorted, std::uint64_t most) {
    PlanGrower grower(most);
    while (!grower.done()) {
        auto counts = comm::run_local(comm, stage, [&] { return count_cells(sorted, grower); });
        comm::allreduce(comm, comm::Reduction::sum, std::span(counts));
        comm::run_local(comm, stage, [&] { grower.grow(counts); });
    }
    return comm::run_local(comm, stage, [&] { return grower.finish(); });
}

/// Boxes and time spans of some tiles whose trips, in store order, begin at the rows `first`.
struct TileBounds {
    std::vector<geo::Box> pickup, dropoff;
    std::vector<core::WallTime> first_time, last_time;
};

TileBounds bound_tiles(core::TripRows const& trips, std::span<KeyedRow const> rows,
                       std::span<std::uint64_t const> first) {
    constexpr std::size_t ahead = 48;  // rows lie anywhere in memory
    std::size_t const n = first.size() - 1;
    TileBounds bounds{std::vector<geo::Box>(n), std::vector<geo::Box>(n), std::vector<core::WallTime>(n),
                      std::vector<core::WallTime>(n)};
#pragma omp parallel for schedule(dynamic, 64)
    for (std::size_t tile = 0; tile < n; ++tile) {
        geo::Box pickup, dropoff;
        for (std::size_t i = first[tile]; i < first[tile + 1]; ++i) {
            if (i + ahead < rows.size()) __builtin_prefetch(&trips.but_for_line(rows[i + ahead].row));
            core::Trip const& trip = trips.but_for_line(rows[i].row);
            pickup.include(geo::Point{trip.pickup_lon.count, trip.pickup_lat.count});
            if (core::is_known(trip.dropoff_lon))
                dropoff.include(geo::Point{trip.dropoff_lon.count, trip.dropoff_lat.count});
        }
        bounds.pickup[tile] = pickup;
        bounds.dropoff[tile] = dropoff;
        bounds.first_time[tile] = rows[first[tile]].time;
        bounds.last_time[tile] = rows[first[tile + 1] - 1].time;
    }
    return bounds;
}

/// Collective. Every rank's boxes, one after the other.
std::vector<geo::Box> allgather_boxes(comm::Communicator const& comm, std::vector<geo::Box> const& boxes) {
    std::vector<std::int32_t> edges;
    for (geo::Box const& box : boxes)
        edges.insert(edges.end(), {box.west, box.south, box.east, box.north});
    auto const all = comm::allgather_all(comm, std::span<std::int32_t const>(edges));
    std::vector<geo::Box> gathered;
    for (std::size_t i = 0; i < all.size(); i += 4)
        gathered.push_back({all[i], all[i + 1], all[i + 2], all[i + 3]});
    return gathered;
}

/// Collective. The table of all tiles on every rank, out of each rank's bounds of its own.
geo::TileTable make_table(comm::Communicator const& comm, TilePlan&& plan, TileBounds const& mine) {
    geo::TileTable table;
    table.first_trip.assign(plan.size() + 1, 0);
    std::partial_sum(plan.trips.begin(), plan.trips.end(), table.first_trip.begin() + 1);
    table.key = std::move(plan.key);
    table.level = std::move(plan.level);
    table.pickup_box = allgather_boxes(comm, mine.pickup);
    table.dropoff_box = allgather_boxes(comm, mine.dropoff);
    table.first_time = comm::allgather_all(comm, std::span<core::WallTime const>(mine.first_time));
    table.last_time = comm::allgather_all(comm, std::span<core::WallTime const>(mine.last_time));
    return table;
}

/// A list of rows in the order of keys, and where in it each of this rank's tiles begins.
struct RowList {
    std::span<KeyedRow const> rows;
    std::vector<std::uint64_t> first;
};

/// Local, OpenMP. Brings lists together, tile by tile.
void merge_tiles(std::vector<RowList> const& lists, std::span<std::uint64_t const> first, KeyedRows& merged) {
    merged.reuse(first.back());
#pragma omp parallel for schedule(dynamic, 64)
    for (std::size_t tile = 0; tile < first.size() - 1; ++tile) {
        KeyedRow* at = merged.data() + first[tile];
        for (RowList const& list : lists)
            at = std::copy(list.rows.data() + list.first[tile], list.rows.data() + list.first[tile + 1], at);
    }
}

/// Local, OpenMP. Sorts the rows of each tile. One thread gives memory back that is no longer needed, which takes as
/// long as a thousand tiles, while the others begin.
void sort_tiles(KeyedRows& rows, std::span<std::uint64_t const> first, core::TripRows const& trips,
                KeyedRows unneeded) {
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        std::vector<KeyedRow> scratch;
#pragma omp single nowait
        unneeded = {};
#pragma omp for schedule(dynamic, 64)
        for (std::size_t tile = 0; tile < first.size() - 1; ++tile)
            keeper.run([&] {
                std::span const of_tile(rows.data() + first[tile], first[tile + 1] - first[tile]);
                if (scratch.size() < of_tile.size()) scratch.resize(of_tile.size());
                sort_tile(of_tile, scratch, trips);
            });
    }
    keeper.rethrow();
}

/// The first rows of a run of tiles, from 0, and the end.
std::vector<std::uint64_t> first_rows(std::span<std::uint64_t const> trips_of_tile) {
    std::vector<std::uint64_t> first(trips_of_tile.size() + 1, 0);
    std::partial_sum(trips_of_tile.begin(), trips_of_tile.end(), first.begin() + 1);
    return first;
}

}  // namespace

TiledTrips tile_trips(comm::Communicator const& comm, core::TripRows mine, std::uint64_t tile_trips) {
    TiledTrips tiled;
    KeyedRows spare;
    tiled.trips = std::move(mine);
    comm::run_local(comm, stage, [&] {
        tiled.rows = key_rows(tiled.trips);
        sort_by_key(tiled.rows, spare);
    });
    TilePlan plan = plan_tiles(comm, tiled.rows, tile_trips);
    auto const cuts = cut_runs(plan.trips, comm.size());
    tiled.first_tile = cuts[static_cast<std::size_t>(comm.rank())];
    tiled.last_tile = cuts[static_cast<std::size_t>(comm.rank()) + 1];
    auto const run = [&](auto const& of_tile) {
        return std::span(of_tile).subspan(tiled.first_tile, tiled.last_tile - tiled.first_tile);
    };
    auto const first = first_rows(run(plan.trips));

    if (comm.size() > 1) {
        std::vector<std::uint64_t> parts;
        for (std::size_t const cut : cuts)
            parts.push_back(cut == plan.size() ? tiled.rows.size() : find_tiles(tiled.rows, {&plan.key[cut], 1})[0]);
        parts[0] = 0;
        auto const received = exchange_trips(comm, tiled.trips, tiled.rows, parts, tiled.traffic);
        comm::run_local(comm, stage, [&] {
            auto const me = static_cast<std::size_t>(comm.rank());
            std::vector<RowList> lists;
            lists.push_back({std::span<KeyedRow const>(tiled.rows).subspan(parts[me], parts[me + 1] - parts[me]), {}});
            for (auto const& from : received)
                lists.push_back({from, {}});
            for (RowList& list : lists)
                list.first = find_tiles(list.rows, run(plan.key));
            merge_tiles(lists, first, spare);
            std::swap(tiled.rows, spare);
        });
    }
    auto const bounds = comm::run_local(comm, stage, [&] {
        sort_tiles(tiled.rows, first, tiled.trips, std::move(spare));
        return bound_tiles(tiled.trips, tiled.rows, first);
    });
    tiled.tiles = make_table(comm, std::move(plan), bounds);
    return tiled;
}

void release(TiledTrips tiled) {
    auto pieces = tiled.trips.give_up();
#pragma omp parallel
    {
#pragma omp single nowait
        tiled.rows = {};
#pragma omp for schedule(dynamic)
        for (std::size_t i = 0; i < pieces.size(); ++i)
            pieces[i].reset();
    }
}

}  // namespace tessera::tiling
