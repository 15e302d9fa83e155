#include <algorithm>
#include <numeric>

#include "dataset.hpp"
#include "open_file.hpp"
#include "read_directly.hpp"
#include "schema.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/core/row_limit.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {
namespace {

constexpr char const* stage = "reading the store";
/// HDF5 walks its list of pieces several times; this many cost little, however small they are.
constexpr std::size_t most_pieces = 512;

/// Collective. All ranks make the same number of calls, the last ones with nothing to read.
ReadPlan plan_together(comm::Communicator const& comm, std::vector<RowRange> wanted) {
    ReadPlan plan = plan_reading(std::move(wanted), most_pieces, bytes_a_call / sizeof(std::uint32_t));
    plan.rounds.resize(comm::allreduce(comm, comm::Reduction::max, std::uint64_t{plan.rounds.size()}));
    return plan;
}

/// Collective. One column's wanted rows.
template <class T>
std::vector<T> read_column(comm::Communicator const& comm, OpenStore::File const& file, core::Column column,
                           ReadPlan const& plan) {
    std::string const path = path_of(column);
    Handle dataset, transfer;
    call_together(comm, stage, [&] {
        dataset = Handle(check(H5Dopen2(file.handle.get(), path.c_str(), H5P_DEFAULT), "H5Dopen2", path), H5Dclose);
        transfer = transfer_list(file.collective);
    });
    std::vector<T> kept;
    for (auto const& pieces : plan.rounds) {
        std::uint64_t const rows = rows_in(pieces);
        // Memory may run out on one rank alone: the others must hear of it before they enter the next read.
        auto read = comm::run_local(comm, stage, [&] { return std::vector<T>(rows); });
        call_together(comm, stage,
                      [&] { read_ranges(dataset.get(), pieces, 1, memory_type<T>(), read.data(), transfer.get()); });
        comm::run_local(comm, stage, [&] {
            if (plan.rounds.size() == 1 && rows == plan.rows)
                kept = std::move(read);
            else
                keep_wanted(read, pieces, plan.wanted, kept);
        });
    }
    return kept;
}

/// Collective. The wanted rows (ascending) of the given columns.
core::TripTable read_columns(comm::Communicator const& comm, OpenStore::File const& file, std::vector<RowRange> wanted,
                             core::ColumnSet columns) {
    if (file.direct) return comm::run_local(comm, stage, [&] { return read_directly(file, wanted, columns); });
    ReadPlan const plan = plan_together(comm, std::move(wanted));
    core::TripTable trips;
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        if (columns.has(place.id)) trips.*place.in_table = read_column<T>(comm, file, place.id, plan);
    });
    return trips;
}

}  // namespace

geo::LoadedTiles read_tiles(comm::Communicator const& comm, OpenStore const& store,
                            std::vector<std::size_t> const& my_tiles, core::ColumnSet columns) {
    geo::LoadedTiles loaded;
    loaded.tiles.first_trip.push_back(0);
    std::vector<RowRange> wanted;
    for (std::size_t const tile : my_tiles) {
        geo::append_tile(loaded.tiles, store.tiles, tile);
        loaded.store_row.push_back(store.tiles.first_trip[tile]);
        wanted.push_back({store.tiles.first_trip[tile], store.tiles.first_trip[tile + 1]});
    }
    comm::run_local(comm, stage, [&] { core::require_row_numbers(geo::trip_count(loaded.tiles)); });
    loaded.trips = read_columns(comm, *store.file, std::move(wanted), columns);
    return loaded;
}

core::TripTable read_rows(comm::Communicator const& comm, OpenStore const& store,
                          std::vector<std::uint64_t> const& my_rows) {
    std::vector<std::size_t> order(my_rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return my_rows[a] < my_rows[b]; });
    std::vector<RowRange> wanted;
    for (std::size_t const i : order)
        wanted.push_back({my_rows[i], my_rows[i] + 1});
    core::TripTable ascending = read_columns(comm, *store.file, std::move(wanted), core::ColumnSet::all());
    core::TripTable trips;
    comm::run_local(comm, stage, [&] {
        core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
            std::vector<T> const from = std::move(ascending.*place.in_table);
            std::vector<T>& column = trips.*place.in_table;
            column.resize(order.size());
            for (std::size_t i = 0; i < order.size(); ++i)
                column[order[i]] = from[i];
        });
    });
    return trips;
}

}  // namespace tessera::store
