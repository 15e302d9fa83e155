#include "read_header.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <vector>

#include "attributes.hpp"
#include "check_tables.hpp"
#include "dataset.hpp"
#include "handle.hpp"
#include "pieces.hpp"
#include "schema.hpp"
#include "seal.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/trip_table.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::store {
namespace {

/// Tells the file and the remedy already.
class ToldError : public core::DataError {
  public:
    using core::DataError::DataError;
};

[[noreturn]] void fail(std::string const& path, std::string const& problem, std::string const& remedy) {
    throw ToldError(core::describe({path, 0, "", ""}, problem, remedy));
}

[[noreturn]] void fail_damaged(std::string const& path, std::string const& problem) {
    fail(path, "is damaged: " + problem, "copy or ingest it again");
}

[[noreturn]] void fail_newer(std::string const& path, std::uint32_t version, std::string const& program) {
    fail(path, fmt::format("has format version {}, and this program reads up to {}", version, newest_format),
         "use the newer program that wrote it" + (program.empty() ? "" : ": " + program));
}

/// Looks at a file before HDF5 does, which trusts what it reads and may crash on what is damaged. Returns whether the
/// file has a seal, and fits it.
bool check_beginning(std::string const& path) {
    DirectFile const file(path);
    Beginning const beginning = beginning_of(file);
    if (beginning == Beginning::other)
        fail(path, "is not a Tessera store (no HDF5 file, or its beginning is damaged, or it cannot be read)",
             "name a file that `tessera ingest` wrote");
    if (beginning == Beginning::hdf5) return false;
    check_seal(file);
    return true;
}

Handle open_file(std::string const& path) {
    silence_hdf5();
    hid_t const file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, file_access().get());
    if (file < 0) fail(path, "is cut short or damaged: " + last_hdf5_error(), "copy or ingest it again");
    return {file, H5Fclose};
}

StoreHeader read_header(hid_t file, std::string const& path, bool sealed) {
    if (H5Aexists(file, "format") <= 0 || read_text_attribute(file, "format") != format_name)
        fail(path, "is an HDF5 file but not a Tessera store", "name a file that `tessera ingest` wrote");
    StoreHeader header;
    read_attribute(file, "format_version", H5T_NATIVE_UINT32, &header.format_version, 1);
    if (header.format_version > newest_format)
        fail_newer(path, header.format_version, read_text_attribute(file, "program"));
    if (sealed != (header.format_version >= first_sealed_format))
        throw core::DataError(fmt::format("format version {} {} checksums, and it has {}", header.format_version,
                                          sealed ? "knows no" : "has", sealed ? "some" : "none"));
    header.program = read_text_attribute(file, "program");
    read_attribute(file, "trips", H5T_NATIVE_UINT64, &header.trips, 1);
    read_attribute(file, "tile_trips", H5T_NATIVE_UINT64, &header.tile_trips, 1);
    read_attribute(file, "longest_trip", H5T_NATIVE_UINT32, &header.longest_trip_s, 1);
    std::int32_t region[4] = {};
    read_attribute(file, "region", H5T_NATIVE_INT32, region, 4);
    header.region = {region[0], region[1], region[2], region[3]};
    return header;
}

template <class T>
std::vector<T> read_values(hid_t file, char const* path, std::uint64_t rows, std::uint64_t width = 1) {
    Handle const dataset = open_dataset(file, path, rows, width);
    std::vector<T> values(rows * width);
    RowRange const all{0, rows};
    read_ranges(dataset.get(), {&all, rows > 0 ? 1U : 0U}, width, memory_type<T>(), values.data(), H5P_DEFAULT);
    return values;
}

std::vector<std::string> read_texts(hid_t file, char const* path, std::uint64_t rows, std::uint64_t file_bytes) {
    Handle const dataset = open_dataset(file, path, rows);
    Handle const type(check(H5Dget_type(dataset.get()), "H5Dget_type", path), H5Tclose);
    std::size_t const width = H5Tget_size(type.get());
    if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) != 0)
        throw core::DataError(fmt::format("data set '{}' holds no texts of fixed length", path));
    check_size(path, rows, width, file_bytes);
    std::vector<char> padded(rows * width);
    RowRange const all{0, rows};
    read_ranges(dataset.get(), {&all, rows > 0 ? 1U : 0U}, 1, type.get(), padded.data(), H5P_DEFAULT);
    std::vector<std::string> texts;
    for (std::uint64_t i = 0; i < rows; ++i) {
        std::string_view const text(padded.data() + i * width, width);
        texts.emplace_back(text.substr(0, text.find('\0')));
    }
    return texts;
}

std::vector<geo::Box> read_boxes(hid_t file, char const* path, std::uint64_t rows) {
    auto const edges = read_values<std::int32_t>(file, path, rows, 4);
    std::vector<geo::Box> boxes;
    for (std::size_t i = 0; i < edges.size(); i += 4)
        boxes.push_back({edges[i], edges[i + 1], edges[i + 2], edges[i + 3]});
    return boxes;
}

geo::TileTable read_tiles(hid_t file, std::uint64_t file_bytes) {
    std::uint64_t const n = rows_of(file, "/tiles/key");
    check_size("/tiles/key", n, sizeof(std::uint64_t), file_bytes);
    geo::TileTable tiles;
    tiles.key = read_values<std::uint64_t>(file, "/tiles/key", n);
    tiles.level = read_values<std::uint8_t>(file, "/tiles/level", n);
    tiles.first_trip = read_values<std::uint64_t>(file, "/tiles/first_trip", n + 1);
    tiles.pickup_box = read_boxes(file, "/tiles/pickup_box", n);
    tiles.dropoff_box = read_boxes(file, "/tiles/dropoff_box", n);
    tiles.first_time = read_values<core::WallTime>(file, "/tiles/first_time", n);
    tiles.last_time = read_values<core::WallTime>(file, "/tiles/last_time", n);
    return tiles;
}

/// Where the checksums begin. Of a store without trips there are none, wherever that is.
std::uint64_t find_checksums(hid_t file, geo::TileTable const& tiles, std::uint64_t file_bytes) {
    std::uint64_t const pieces = count_pieces(tiles.first_trip);
    Handle const dataset = open_dataset(file, "/checksums", pieces, core::column_count);
    std::uint64_t const offset = pieces == 0 ? 0 : offset_of(dataset.get(), H5T_NATIVE_UINT32);
    if (offset == no_offset) throw core::DataError("data set '/checksums' does not lie in the file as it was written");
    check_place("/checksums", offset, pieces * sizeof(Checksums), file_bytes);
    return offset;
}

core::Ledger read_ledger(hid_t file, std::uint64_t file_bytes) {
    std::uint64_t const n = rows_of(file, "/files/name");
    if (n > most_files) throw core::DataError(fmt::format("it lists {} files", n));
    auto const names = read_texts(file, "/files/name", n, file_bytes),
               formats = read_texts(file, "/files/format", n, file_bytes);
    auto const bytes = read_values<std::uint64_t>(file, "/files/bytes", n);
    core::Ledger ledger;
    for (std::size_t i = 0; i < n; ++i)
        ledger.push_back({names[i], formats[i], bytes[i], {}});
    core::for_each_count([&](std::string_view name, auto const& count_of) {
        std::string const path = "/ledger/" + std::string(name);
        auto const counts = read_values<std::uint64_t>(file, path.c_str(), n);
        for (std::size_t i = 0; i < n; ++i)
            count_of(ledger[i].counts) = counts[i];
    });
    return ledger;
}

StoreTables read_tables(hid_t file, std::string const& path, bool sealed, std::uint64_t file_bytes) {
    StoreTables tables;
    tables.header = read_header(file, path, sealed);
    check_header(tables.header, file_bytes);
    tables.tiles = read_tiles(file, file_bytes);
    check_tiles(tables.tiles, tables.header.trips);
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        std::string const column = path_of(place.id);
        Handle const dataset = open_dataset(file, column.c_str(), tables.header.trips);
        std::uint64_t const offset = offset_of(dataset.get(), memory_type<T>());
        check_place(column, offset, tables.header.trips * sizeof(T), file_bytes);
        tables.offsets[static_cast<std::size_t>(place.id)] = offset;
    });
    if (sealed) tables.sums_offset = find_checksums(file, tables.tiles, file_bytes);
    tables.header.ledger = read_ledger(file, file_bytes);
    tables.files = tables.header.ledger.size();
    return tables;
}

}  // namespace

StoreTables read_store_tables(std::string const& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        fail(path, "no such store", "check the path; `tessera ingest` makes one");
    if (!std::filesystem::is_regular_file(path, error)) fail(path, "is no file", "name the store's file");
    try {
        bool const sealed = check_beginning(path);
        Handle const file = open_file(path);
        return read_tables(file.get(), path, sealed, std::filesystem::file_size(path));
    } catch (ToldError const&) {
        throw;
    } catch (core::DataError const& problem) {
        fail_damaged(path, problem.what());
    }
}

}  // namespace tessera::store
