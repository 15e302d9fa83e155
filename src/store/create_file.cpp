#include "create_file.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "dataset.hpp"
#include "handle.hpp"
#include "paths.hpp"
#include "schema.hpp"
#include "tessera/core/error.hpp"
#include "write_tables.hpp"

namespace tessera::store {
namespace {

/// 65,536 trips a chunk: 256 KiB of a 4-byte column, small enough to read one for a few tiles.
Layout layout_of(Compression compression) {
    return compression == Compression::deflate ? Layout{std::uint64_t{1} << 16, 1} : Layout{};
}

}  // namespace

void require_room(std::string const& path, geo::TileTable const& tiles, Compression compression) {
    constexpr std::uint64_t bytes_a_tile = 70, bytes_of_metadata = std::uint64_t{1} << 20;
    std::uint64_t const needed =
        geo::trip_count(tiles) * core::bytes_per_trip() + tiles.size() * bytes_a_tile + bytes_of_metadata;
    auto const folder = std::filesystem::absolute(path).parent_path();
    std::error_code error;
    auto const space = std::filesystem::space(folder, error);
    if (error || compression != Compression::none || space.available >= needed) return;
    throw core::DataError(
        core::describe({path, 0, "", ""},
                       fmt::format("the store takes {:.1f} MB and its disk has {:.1f} MB of free space",
                                   static_cast<double>(needed) / 1e6, static_cast<double>(space.available) / 1e6),
                       "make room, or choose another disk, or try --compress deflate"));
}

ColumnOffsets create_store_file(std::string const& path, StoreHeader const& header, geo::TileTable const& tiles,
                                Compression compression) {
    silence_hdf5();
    Handle file(check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, file_access().get()), "H5Fcreate", path),
                H5Fclose);
    write_header(file.get(), header);
    ColumnOffsets offsets{};
    create_group(file.get(), "/trips");
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        std::string const column = path_of(place.id);
        Handle const dataset = create_dataset(file.get(), column.c_str(), file_type<T>(), geo::trip_count(tiles), 1,
                                              layout_of(compression));
        describe_unknown(dataset.get(), place);
        if (haddr_t const offset = H5Dget_offset(dataset.get()); offset != HADDR_UNDEF)
            offsets[static_cast<std::size_t>(place.id)] = offset;
    });
    write_tile_table(file.get(), tiles);
    write_ledger(file.get(), header.ledger);
    check(file.close_now(), "H5Fclose", path);
    if (compression == Compression::none) reserve_room(path);
    return offsets;
}

}  // namespace tessera::store
