#include "check_tables.hpp"

#include <fmt/format.h>

#include "direct_file.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/trip_table.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::store {
namespace {

constexpr std::uint64_t keys = geo::first_key_of(1, 0);  // of the deepest level, all over the world

/// A cell of the quadtree, behind all before it, and the box of its pick-ups in it.
bool is_next_cell(geo::TileTable const& tiles, std::size_t tile, std::uint64_t& first_free_key) {
    std::uint64_t const key = tiles.key[tile];
    unsigned const level = tiles.level[tile];
    if (level > geo::deepest_level || key < first_free_key || key >= keys) return false;
    std::uint64_t const prefix = geo::prefix_of(key, level);
    first_free_key = key + geo::first_key_of(1, level);
    return geo::first_key_of(prefix, level) == key && !tiles.pickup_box[tile].empty() &&
           geo::cell_box(prefix, level).contains(tiles.pickup_box[tile]);
}

}  // namespace

void check_size(std::string const& data_set, std::uint64_t values, std::uint64_t bytes_a_value,
                std::uint64_t file_bytes) {
    if (bytes_a_value > 0 && values > file_bytes / bytes_a_value)
        throw core::DataError(fmt::format("data set '{}' has {} rows, more than the file's {} bytes can hold", data_set,
                                          values, file_bytes));
}

void check_place(std::string const& data_set, std::uint64_t offset, std::uint64_t bytes, std::uint64_t file_bytes) {
    if (offset != no_offset && (offset > file_bytes || bytes > file_bytes - offset))
        throw core::DataError(fmt::format("data set '{}' ends after the file's {} bytes", data_set, file_bytes));
}

void check_header(StoreHeader const& header, std::uint64_t file_bytes) {
    constexpr std::uint64_t most_by_compression = 1032;  // what deflate makes of zeros
    if (header.trips / most_by_compression > file_bytes / core::bytes_per_trip())
        throw core::DataError(
            fmt::format("it says that it has {} trips, more than its {} bytes can hold", header.trips, file_bytes));
    if (header.region.empty() || !geo::Box::world().contains(header.region))
        throw core::DataError("its region is none on this earth");
}

void check_tiles(geo::TileTable const& tiles, std::uint64_t trips) {
    bool good = tiles.first_trip.front() == 0 && tiles.first_trip.back() == trips;
    std::uint64_t first_free_key = 0;
    for (std::size_t t = 0; t < tiles.size() && good; ++t)
        good = tiles.first_trip[t] < tiles.first_trip[t + 1] && tiles.first_time[t] <= tiles.last_time[t] &&
               is_next_cell(tiles, t, first_free_key) &&
               (tiles.dropoff_box[t].empty() || geo::Box::world().contains(tiles.dropoff_box[t]));
    if (!good) throw core::DataError("the tile table contradicts itself");
}

}  // namespace tessera::store
