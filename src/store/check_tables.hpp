#pragma once
#include <cstdint>
#include <string>

#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"

namespace tessera::store {

// Numbers out of a store become rows, sizes and places in memory: none is trusted before it was looked at. All of these
// throw core::DataError, which names neither the file nor the remedy.

/// As many as a core::FileId can tell apart.
inline constexpr std::uint64_t most_files = std::uint64_t{1} << 16;

/// Local. Whether a file of so many bytes can hold so many values.
void check_size(std::string const& data_set, std::uint64_t values, std::uint64_t bytes_a_value,
                std::uint64_t file_bytes);

/// Local. Whether so many bytes from an offset on lie in the file; no_offset does.
void check_place(std::string const& data_set, std::uint64_t offset, std::uint64_t bytes, std::uint64_t file_bytes);

/// Local. Numbers of trips that memory is set aside for, and the region.
void check_header(StoreHeader const& header, std::uint64_t file_bytes);

/// Local. Whether tiles are cells one after the other along the curve, with their trips one after the other, up to the
/// last of all, and pick-ups in their cells. Shape: all of its lists have the lengths that they should have.
void check_tiles(geo::TileTable const& tiles, std::uint64_t trips);

}  // namespace tessera::store
