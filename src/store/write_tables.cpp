#include "write_tables.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "attributes.hpp"
#include "dataset.hpp"
#include "handle.hpp"
#include "pieces.hpp"

namespace tessera::store {
namespace {

/// A short table may wait in HDF5's memory until its data set is closed.
void close(Handle& dataset, char const* path) {
    check(dataset.close_now(), "H5Dclose", path);
}

template <class T>
void write_values(hid_t file, char const* path, std::vector<T> const& values, std::uint64_t width,
                  char const* long_name, char const* units = nullptr) {
    std::uint64_t const rows = values.size() / width;
    Handle dataset = create_dataset(file, path, file_type<T>(), rows, width, {});
    write_attribute(dataset.get(), "long_name", long_name);
    if (units) write_attribute(dataset.get(), "units", units);
    write_range(dataset.get(), {0, rows}, width, memory_type<T>(), values.data(), H5P_DEFAULT);
    close(dataset, path);
}

std::vector<std::int32_t> edges_of(std::vector<geo::Box> const& boxes) {
    std::vector<std::int32_t> edges;
    for (geo::Box const& box : boxes)
        edges.insert(edges.end(), {box.west, box.south, box.east, box.north});
    return edges;
}

/// Texts of one fixed length, as wide as the longest.
void write_texts(hid_t file, char const* path, std::vector<std::string> const& texts, char const* long_name) {
    std::size_t width = 1;
    for (std::string const& text : texts)
        width = std::max(width, text.size());
    std::vector<char> padded(width * texts.size(), '\0');
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::memcpy(padded.data() + i * width, texts[i].data(), texts[i].size());
    Handle const type(check(H5Tcopy(H5T_C_S1), "H5Tcopy", path), H5Tclose);
    check(H5Tset_size(type.get(), width), "H5Tset_size", path);
    check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "H5Tset_strpad", path);
    check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "H5Tset_cset", path);
    Handle dataset = create_dataset(file, path, type.get(), texts.size(), 1, {});
    write_attribute(dataset.get(), "long_name", long_name);
    write_range(dataset.get(), {0, texts.size()}, 1, type.get(), padded.data(), H5P_DEFAULT);
    close(dataset, path);
}

}  // namespace

void create_group(hid_t file, char const* path) {
    Handle const group(check(H5Gcreate2(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), "H5Gcreate2", path),
                       H5Gclose);
}

void write_header(hid_t file, StoreHeader const& header) {
    write_attribute(file, "format", format_name);
    write_attribute(file, "format_version", H5T_NATIVE_UINT32, &header.format_version, 1);
    write_attribute(file, "Conventions", "CF-1.8");
    write_attribute(file, "title", "New York trips in tiles");
    write_attribute(file, "program", header.program);
    write_attribute(file, "trips", H5T_NATIVE_UINT64, &header.trips, 1);
    write_attribute(file, "tile_trips", H5T_NATIVE_UINT64, &header.tile_trips, 1);
    std::int32_t const region[] = {header.region.west, header.region.south, header.region.east, header.region.north};
    write_attribute(file, "region", H5T_NATIVE_INT32, region, 4);
    write_attribute(file, "region_units", "1e-7 degree: west, south, east, north");
    write_attribute(file, "longest_trip", H5T_NATIVE_UINT32, &header.longest_trip_s, 1);
    write_attribute(file, "longest_trip_units", "s");
}

void write_tile_table(hid_t file, geo::TileTable const& tiles) {
    constexpr char const* seconds = "seconds since 1970-01-01 00:00:00";
    constexpr char const* angle = "1e-7 degree";
    create_group(file, "/tiles");
    write_values(file, "/tiles/key", tiles.key, 1, "first level-24 Hilbert key of the cell");
    write_values(file, "/tiles/level", tiles.level, 1, "quadtree level of the cell: 2^(32-level) units on a side");
    write_values(file, "/tiles/first_trip", tiles.first_trip, 1,
                 "row of the first trip; the last entry is the number of trips");
    write_values(file, "/tiles/pickup_box", edges_of(tiles.pickup_box), 4, "pick-ups: west, south, east, north", angle);
    write_values(file, "/tiles/dropoff_box", edges_of(tiles.dropoff_box), 4,
                 "known drop-offs: west, south, east, north; west > east where there are none", angle);
    write_values(file, "/tiles/first_time", tiles.first_time, 1, "earliest pick-up", seconds);
    write_values(file, "/tiles/last_time", tiles.last_time, 1, "latest pick-up", seconds);
}

Handle create_checksums(hid_t file, std::uint64_t pieces) {
    Handle dataset = create_dataset(file, "/checksums", H5T_STD_U32LE, pieces, core::column_count, {});
    std::string columns;
    core::for_each_column([&](auto const& place) {
        columns += (columns.empty() ? "" : " ") + std::string(core::text_of(place.id).name);
    });
    write_attribute(dataset.get(), "long_name",
                    "CRC-32 (as of zlib) of the little-endian values of a piece of each column of /trips; a tile is a "
                    "piece, or several of piece_rows and a rest");
    write_attribute(dataset.get(), "columns", columns);
    write_attribute(dataset.get(), "piece_rows", H5T_NATIVE_UINT64, &piece_rows, 1);
    return dataset;
}

void write_ledger(hid_t file, core::Ledger const& ledger) {
    std::vector<std::string> names, formats;
    std::vector<std::uint64_t> bytes;
    for (core::FileLedger const& entry : ledger) {
        names.push_back(entry.name);
        formats.push_back(entry.format);
        bytes.push_back(entry.bytes);
    }
    create_group(file, "/files");
    write_texts(file, "/files/name", names, "input file; /trips/file counts these from 0");
    write_texts(file, "/files/format", formats, "publisher's format");
    write_values(file, "/files/bytes", bytes, 1, "size on disk", "byte");

    create_group(file, "/ledger");
    core::for_each_count([&](std::string_view name, auto const& count_of) {
        std::vector<std::uint64_t> counts;
        for (core::FileLedger const& entry : ledger)
            counts.push_back(count_of(entry.counts));
        std::string const path = "/ledger/" + std::string(name);
        write_values(file, path.c_str(), counts, 1, "lines of each file");
    });
}

}  // namespace tessera::store
