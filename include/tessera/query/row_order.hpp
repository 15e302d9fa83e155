#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tessera/geo/tile.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::query {

/// Rows of a block; its coordinates and times fill a few cache lines.
inline constexpr std::size_t rows_a_block = 32;

/// Rows of the loaded trips in an order other than the store's, cut into blocks of `rows_a_block` (the last may hold
/// fewer). Place p of the order holds row[p], whose end `on` and pick-up time are kept beside it.
struct RowOrder {
    End on = End::pickup;
    std::vector<std::uint32_t> row;
    std::vector<core::Angle> lon;
    std::vector<core::Angle> lat;
    std::vector<core::WallTime> time;
    std::vector<geo::Box> box;  ///< of each block, tight

    std::size_t blocks() const { return box.size(); }
    RowRange places_of(std::size_t block) const {
        std::size_t const first = block * rows_a_block;
        return {first, std::min(first + rows_a_block, row.size())};
    }
};

/// Local, OpenMP. The rows with a known drop-off along the Hilbert curve of drop-offs. Shape: fewer than 2^32 trips.
RowOrder order_by_dropoff(geo::LoadedTiles const& loaded);

/// All rows with that end known, by pick-up time, cut into slabs of equally many; within a slab they follow the Hilbert
/// curve of the end. A question about a short window finds all it needs in a few slabs, and there in a few blocks.
struct TimeSlabs {
    static constexpr std::size_t blocks_a_slab = 64;
    static constexpr std::size_t rows_a_slab = blocks_a_slab * rows_a_block;

    RowOrder order;
    std::vector<core::WallTime> first_time;  ///< of each slab; ascending
    std::vector<core::WallTime> last_time;

    std::size_t slabs() const { return first_time.size(); }
};

/// Local, OpenMP. The slabs of the loaded trips. Shape: fewer than 2^32 trips.
TimeSlabs cut_time_slabs(geo::LoadedTiles const& loaded, End on);

/// Local. The slabs [first, last) that hold times of the filter's window.
RowRange slabs_in_window(TimeSlabs const& slabs, Filter const& filter);

}  // namespace tessera::query
