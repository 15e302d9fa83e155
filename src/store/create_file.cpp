#include "create_file.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "dataset.hpp"
#include "handle.hpp"
#include "paths.hpp"
#include "pieces.hpp"
#include "schema.hpp"
#include "tessera/core/error.hpp"
#include "writable_file.hpp"
#include "write_tables.hpp"

namespace tessera::store {
namespace {

/// 65,536 trips a chunk: 256 KiB of a 4-byte column, small enough to read one for a few tiles.
Layout layout_of(Compression compression) {
    return compression == Compression::deflate ? Layout{std::uint64_t{1} << 16, 1} : Layout{};
}

/// Room for the seal.
Handle creation_list(std::string const& path) {
    Handle list(check(H5Pcreate(H5P_FILE_CREATE), "H5Pcreate", path), H5Pclose);
    check(H5Pset_userblock(list.get(), seal_bytes), "H5Pset_userblock", path);
    return list;
}

/// HDF5's newer format has checksums of where the parts of a compressed column are, which the seal leaves out.
Handle access_list(Compression compression) {
    Handle access = file_access();
    if (compression != Compression::none)
        check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110), "H5Pset_libver_bounds", "store");
    return access;
}

/// 0 where HDF5 gives it none: it has no rows, or is compressed.
std::uint64_t place_of(Handle const& dataset) {
    haddr_t const offset = H5Dget_offset(dataset.get());
    return offset == HADDR_UNDEF ? 0 : std::uint64_t{offset};
}

}  // namespace

void require_room(std::string const& path, geo::TileTable const& tiles, Compression compression) {
    constexpr std::uint64_t bytes_a_tile = 70, bytes_of_metadata = std::uint64_t{1} << 20;
    std::uint64_t const needed = geo::trip_count(tiles) * core::bytes_per_trip() + tiles.size() * bytes_a_tile +
                                 count_pieces(tiles.first_trip) * sizeof(Checksums) + bytes_of_metadata;
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

StorePlaces create_store_file(std::string const& path, StoreHeader const& header, geo::TileTable const& tiles,
                              Compression compression) {
    silence_hdf5();
    Handle file(check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation_list(path).get(), access_list(compression).get()),
                      "H5Fcreate", path),
                H5Fclose);
    write_header(file.get(), header);
    StorePlaces places;
    create_group(file.get(), "/trips");
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        std::string const column = path_of(place.id);
        Handle const dataset = create_dataset(file.get(), column.c_str(), file_type<T>(), geo::trip_count(tiles), 1,
                                              layout_of(compression));
        describe_unknown(dataset.get(), place);
        std::uint64_t const offset = place_of(dataset);
        places.columns[static_cast<std::size_t>(place.id)] = offset;
        if (offset != 0) places.spans.push_back({offset, offset + geo::trip_count(tiles) * sizeof(T)});
    });
    places.sums_offset = place_of(create_checksums(file.get(), count_pieces(tiles.first_trip)));
    write_tile_table(file.get(), tiles);
    write_ledger(file.get(), header.ledger);
    check(file.close_now(), "H5Fclose", path);
    places.sealed_end = std::filesystem::file_size(path);
    if (compression == Compression::none) reserve_room(path);
    return places;
}

void finish_store_file(std::string const& path, std::uint32_t format_version, StorePlaces const& places,
                       std::span<std::vector<Checksums> const> sums) {
    {
        WritableFile const file(path);
        std::uint64_t offset = places.sums_offset;
        for (auto const& some : sums) {
            file.write(some.data(), some.size() * sizeof(Checksums), offset);
            offset += some.size() * sizeof(Checksums);
        }
    }
    write_seal(path, format_version, places.spans, places.sealed_end);
}

}  // namespace tessera::store
