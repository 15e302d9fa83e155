#include <algorithm>
#include <numeric>

#include "check_values.hpp"
#include "open_file.hpp"
#include "read_by_hdf5.hpp"
#include "read_directly.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {
namespace {

constexpr char const* stage = "reading the store";
/// Collective. The wanted rows (ascending) of the given columns.
core::TripTable read_columns(comm::Communicator const& comm, OpenStore::File const& file, std::vector<RowRange> wanted,
                             core::ColumnSet columns) {
    return comm::run_local(comm, stage, [&] {
        return file.direct ? read_directly(file, std::move(wanted), columns)
                           : read_by_hdf5(file, std::move(wanted), columns);
    });
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
    loaded.trips = read_columns(comm, *store.file, std::move(wanted), columns);
    comm::run_local(comm, stage, [&] { check_values(store.path, loaded, store.file->files); });
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
        check_values(store.path, ascending, store.file->files);
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
