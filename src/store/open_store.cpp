#include "tessera/store/open_store.hpp"

#include <algorithm>
#include <array>

#include "open_file.hpp"
#include "paths.hpp"
#include "read_header.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::store {
namespace {

/// Collective. The root's boxes on every rank.
void broadcast_boxes(comm::Communicator const& comm, std::vector<geo::Box>& boxes, std::size_t n) {
    std::vector<std::int32_t> edges;
    for (geo::Box const& box : boxes)
        edges.insert(edges.end(), {box.west, box.south, box.east, box.north});
    comm::broadcast_resized(comm, edges);
    boxes.resize(n);
    for (std::size_t i = 0; i < n; ++i)
        boxes[i] = {edges[4 * i], edges[4 * i + 1], edges[4 * i + 2], edges[4 * i + 3]};
}

/// Collective. One rank reads the tables and tells the others: many ranks reading many small things is what a parallel
/// file system is worst at.
void broadcast_tables(comm::Communicator const& comm, StoreTables& tables) {
    StoreHeader& h = tables.header;
    std::array<std::uint64_t, 3> numbers{h.trips, h.tile_trips, h.longest_trip_s};
    comm::broadcast(comm, std::span<std::uint64_t>(numbers));
    h.trips = numbers[0];
    h.tile_trips = numbers[1];
    h.longest_trip_s = static_cast<std::uint32_t>(numbers[2]);
    std::array<std::int32_t, 4> region{h.region.west, h.region.south, h.region.east, h.region.north};
    comm::broadcast(comm, std::span<std::int32_t>(region));
    h.region = {region[0], region[1], region[2], region[3]};

    geo::TileTable& tiles = tables.tiles;
    comm::broadcast_resized(comm, tiles.key);
    comm::broadcast_resized(comm, tiles.level);
    comm::broadcast_resized(comm, tiles.first_trip);
    comm::broadcast_resized(comm, tiles.first_time);
    comm::broadcast_resized(comm, tiles.last_time);
    broadcast_boxes(comm, tiles.pickup_box, tiles.size());
    broadcast_boxes(comm, tiles.dropoff_box, tiles.size());
    comm::broadcast(comm, std::span<std::uint64_t>(tables.offsets));
    std::array<std::uint64_t, 4> file{tables.sums_offset, tables.version.bytes, tables.version.changed_ns,
                                      tables.files};
    comm::broadcast(comm, std::span<std::uint64_t>(file));
    tables.sums_offset = file[0];
    tables.version = {file[1], file[2]};
    tables.files = file[3];
}

StoreTables read_tables(comm::Communicator const& comm, std::string const& path) {
    StoreTables tables = comm::run_on_root(comm, "opening the store", [&] {
        FileVersion const version = version_of(path);
        StoreTables read = read_store_tables(path);
        read.version = version;
        return read;
    });
    broadcast_tables(comm, tables);
    return tables;
}

}  // namespace

OpenStore peek_store(comm::Communicator const& comm, std::string const& path) {
    StoreTables tables = read_tables(comm, path);
    return {path, std::move(tables.header), std::move(tables.tiles), nullptr};
}

OpenStore open_store(comm::Communicator const& comm, std::string const& path) {
    StoreTables tables = read_tables(comm, path);
    require_seen_by_all(comm, path);
    auto file = std::make_shared<OpenStore::File>();
    auto const& offsets = file->offsets = tables.offsets;
    file->files = tables.files;
    file->direct = std::find(offsets.begin(), offsets.end(), no_offset) == offsets.end();
    comm::run_local(comm, "opening the store", [&] {
        if (tables.sums_offset != no_offset) file->starts = cut_pieces(tables.tiles.first_trip);
        file->sums_offset = tables.sums_offset;
        file->raw = std::make_unique<DirectFile>(path);
        file->raw->require(tables.version);  // its columns are where these tables say, and in no other file
        if (file->direct) return;
        silence_hdf5();
        file->handle =
            Handle(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, file_access().get()), "H5Fopen", path), H5Fclose);
    });
    return {path, std::move(tables.header), std::move(tables.tiles), std::move(file)};
}

std::string library_name() {
    unsigned major = 0, minor = 0, release = 0;
    check(H5get_libversion(&major, &minor, &release), "H5get_libversion", "HDF5");
    return "HDF5 " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

bool library_is_parallel() {
#ifdef H5_HAVE_PARALLEL
    return true;
#else
    return false;
#endif
}

}  // namespace tessera::store
