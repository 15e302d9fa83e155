#include "tessera/tiling/tile_trips.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>
#include <utility>

#include "gather_tiles.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/tiling/count_cells.hpp"
#include "tessera/tiling/cut_runs.hpp"
#include "tessera/tiling/plan.hpp"

namespace tessera::tiling {
namespace {

constexpr char const* stage = "sorting trips into tiles";

/// Collective. Grows the tree on the sum of all ranks' counts, so that every rank grows the same one.
TilePlan plan_tiles(comm::Communicator const& comm, KeyOrder const& sorted, std::uint64_t most) {
    PlanGrower grower(most);
    while (!grower.done()) {
        auto counts = comm::run_local(comm, stage, [&] { return count_cells(sorted, grower); });
        comm::allreduce(comm, comm::Reduction::sum, std::span(counts));
        comm::run_local(comm, stage, [&] { grower.grow(counts); });
    }
    return comm::run_local(comm, stage, [&] { return grower.finish(); });
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

/// The first rows of a run of tiles, from 0, and the end.
template <class Number>
std::vector<std::uint64_t> first_rows(std::span<Number const> trips_of_tile) {
    std::vector<std::uint64_t> first(trips_of_tile.size() + 1, 0);
    std::inclusive_scan(trips_of_tile.begin(), trips_of_tile.end(), first.begin() + 1, std::plus<>(), std::uint64_t{0});
    return first;
}

/// Collective. Tells each rank how many rows of each of its tiles it gets from every other one. `first` is where all
/// tiles begin in this rank's rows, and the end. Returns where this rank's tiles begin in the rows that come from each.
std::vector<std::vector<std::uint64_t>> exchange_first_rows(comm::Communicator const& comm,
                                                            std::span<std::size_t const> cuts,
                                                            std::span<std::uint64_t const> first) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    std::vector<core::TripRows::Number> rows_of_tile;  // none has more than can be numbered
    for (std::size_t tile = 0; tile + 1 < first.size(); ++tile)
        rows_of_tile.push_back(static_cast<core::TripRows::Number>(first[tile + 1] - first[tile]));
    std::size_t const my_tiles = cuts[me + 1] - cuts[me];
    std::vector<std::uint64_t> tiles_of_rank, of_mine(ranks, my_tiles);
    for (std::size_t r = 0; r < ranks; ++r)
        tiles_of_rank.push_back(cuts[r + 1] - cuts[r]);
    auto const received =
        comm::exchange(comm, std::span<core::TripRows::Number const>(rows_of_tile), tiles_of_rank, of_mine);
    std::vector<std::vector<std::uint64_t>> first_from;
    for (std::size_t r = 0; r < ranks; ++r)
        first_from.push_back(
            first_rows(std::span<core::TripRows::Number const>(received).subspan(r * my_tiles, my_tiles)));
    return first_from;
}

/// Collective. Brings each trip to the rank that owns its tile. Returns the rows of this rank's tiles.
std::vector<RowList> share_out(comm::Communicator const& comm, std::span<std::size_t const> cuts,
                               std::span<std::uint64_t const> first, KeyOrder const& sorted, TiledTrips& tiled) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    std::vector<RowList> lists(1);
    if (ranks == 1) {
        lists[0] = {sorted.rows(), {}, {first.begin(), first.end()}};
        return lists;
    }
    std::vector<std::uint64_t> parts;
    for (std::size_t const cut : cuts)
        parts.push_back(first[cut]);
    auto first_from = exchange_first_rows(comm, cuts, first);
    auto received = exchange_trips(comm, tiled.trips, sorted.rows(), parts, tiled.traffic);
    lists[0] = {sorted.rows().subspan(parts[me], parts[me + 1] - parts[me]), {}, std::move(first_from[me])};
    for (std::size_t r = 0; r < ranks; ++r)
        if (r != me) lists.push_back({{}, std::move(received[r]), std::move(first_from[r])});
    return lists;
}

}  // namespace

TiledTrips tile_trips(comm::Communicator const& comm, core::TripRows mine, std::uint64_t tile_trips) {
    TiledTrips tiled;
    tiled.trips = std::move(mine);
    auto sorted = comm::run_local(comm, stage, [&] { return KeyOrder(tiled.trips); });
    TilePlan plan = plan_tiles(comm, sorted, tile_trips);
    auto const cuts = cut_runs(plan.trips, comm.size());
    auto const me = static_cast<std::size_t>(comm.rank());
    tiled.first_tile = cuts[me];
    tiled.last_tile = cuts[me + 1];
    auto const first_of_all = comm::run_local(comm, stage, [&] { return find_tiles(sorted, plan.key); });
    auto lists = share_out(comm, cuts, first_of_all, sorted, tiled);
    auto const bounds = comm::run_local(comm, stage, [&] {
        std::span<std::uint64_t const> const trips_of_tile(plan.trips);
        auto const first = first_rows(trips_of_tile.subspan(tiled.first_tile, tiled.last_tile - tiled.first_tile));
        tiled.rows = sorted.take_spare();
        tiled.rows.reuse(first.back());
        return gather_tiles(tiled.trips, lists, first, tiled.rows);
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
