#include "tessera/tiling/tile_trips.hpp"

#include <numeric>
#include <utility>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/tiling/cell_counter.hpp"
#include "tessera/tiling/cut_runs.hpp"
#include "tessera/tiling/order.hpp"
#include "tessera/tiling/plan.hpp"

namespace tessera::tiling {
namespace {

struct PlannedTrips {
    TilePlan plan;
    std::vector<std::uint32_t> tile;  ///< of each of this rank's trips
};

/// Collective. Grows the tree on the sum of all ranks' counts, so that every rank grows the same one.
PlannedTrips plan_tiles(comm::Communicator const& comm, core::TripTable const& mine, std::uint64_t most) {
    PlanGrower grower(most);
    CellCounter counter(mine);
    while (!grower.done()) {
        auto counts = counter.count(grower);
        comm::allreduce(comm, comm::Reduction::sum, std::span(counts));
        unsigned const depth = grower.depth(), level = grower.level();
        auto const places = grower.grow(counts);
        counter.follow(places, depth, level);
    }
    std::vector<std::uint32_t> place_of_found;
    PlannedTrips planned{grower.finish(place_of_found), {}};
    planned.tile = counter.tiles(place_of_found);
    return planned;
}

/// Boxes and time spans of some tiles whose trips, in store order, begin at the rows `first`.
struct TileBounds {
    std::vector<geo::Box> pickup, dropoff;
    std::vector<core::WallTime> first_time, last_time;
};

TileBounds bound_tiles(core::TripTable const& trips, std::span<std::uint64_t const> first) {
    std::size_t const n = first.size() - 1;
    TileBounds bounds{std::vector<geo::Box>(n), std::vector<geo::Box>(n), std::vector<core::WallTime>(n),
                      std::vector<core::WallTime>(n)};
#pragma omp parallel for schedule(dynamic, 64)
    for (std::size_t tile = 0; tile < n; ++tile) {
        for (std::size_t row = first[tile]; row < first[tile + 1]; ++row) {
            bounds.pickup[tile].include(geo::Point{trips.pickup_lon[row].count, trips.pickup_lat[row].count});
            if (core::is_known(trips.dropoff_lon[row]))
                bounds.dropoff[tile].include(geo::Point{trips.dropoff_lon[row].count, trips.dropoff_lat[row].count});
        }
        bounds.first_time[tile] = trips.pickup_time[first[tile]];
        bounds.last_time[tile] = trips.pickup_time[first[tile + 1] - 1];
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

/// Local. Sorts trips into store order; returns the first row of each tile of the run, and the end.
std::vector<std::uint64_t> sort_trips(core::TripTable& trips, std::vector<std::uint32_t>&& tile, std::size_t first_tile,
                                      std::size_t last_tile) {
    for (std::uint32_t& t : tile)
        t -= static_cast<std::uint32_t>(first_tile);
    Grouping by_tile = group(tile, last_tile - first_tile);
    std::vector<std::uint32_t>().swap(tile);
    sort_groups(by_tile, trips);
    core::for_each_column([&](auto const& place) {
        auto& column = trips.*place.in_table;
        column = gather(column, by_tile.order);
    });
    return std::move(by_tile.first);
}

}  // namespace

TiledTrips tile_trips(comm::Communicator const& comm, core::TripTable mine, std::uint64_t tile_trips) {
    PlannedTrips planned = plan_tiles(comm, mine, tile_trips);
    auto const cuts = cut_runs(planned.plan.trips, comm.size());
    TiledTrips tiled;
    tiled.first_tile = cuts[static_cast<std::size_t>(comm.rank())];
    tiled.last_tile = cuts[static_cast<std::size_t>(comm.rank()) + 1];
    tiled.trips = std::move(mine);
    tiled.traffic = exchange_trips(comm, tiled.trips, planned.tile, cuts);
    auto const bounds = comm::run_local(comm, "sorting trips into tiles", [&] {
        auto const first = sort_trips(tiled.trips, std::move(planned.tile), tiled.first_tile, tiled.last_tile);
        return bound_tiles(tiled.trips, first);
    });
    tiled.tiles = make_table(comm, std::move(planned.plan), bounds);
    return tiled;
}

}  // namespace tessera::tiling
