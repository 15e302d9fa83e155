#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "row_sets.hpp"
#include "tessera/query/row_order.hpp"
#include "vector_lanes.hpp"

namespace tessera::query {

// What a search does most, each over sixteen boxes or thirty-two rows without a branch: in lanes, or as loops for the
// compiler to vectorise. A set of rows or boxes is a number with a bit for each. All are inline, so that a search is
// made as a whole for each kind of processor (TESSERA_WIDE).

/// Distances on a plane around a place, as squares of units of latitude: dlat^2 + lon_weight * dlon^2.
struct PlaneOrigin {
    geo::Point at;
    float lon_weight;
};
using BoxDistances = Floats;
using RowDistances = std::array<float, rows_a_block>;

/// Farther than any box is.
inline constexpr float no_box = 1e30F;

/// Local. How near each box comes; `no_box` for places without one. Coordinates that differ by more than 214 degrees
/// are far as well, though not as far as they are.
inline void measure_boxes(PlaneOrigin const& from, BoxGroup const& boxes, BoxDistances& distances) {
    constexpr float units_a_half_squared = 4;
    Floats const dlon = __builtin_convertvector(gaps(from.at.lon, load(boxes.west), load(boxes.east)), Floats);
    Floats const dlat = __builtin_convertvector(gaps(from.at.lat, load(boxes.south), load(boxes.north)), Floats);
    Floats const near = dlat * dlat * units_a_half_squared + dlon * dlon * (units_a_half_squared * from.lon_weight);
    distances = load(boxes.south) == BoxGroup::nowhere ? no_box - Floats{} : near;
}

/// Local. The boxes at a distance of at most `limit`. Shape: neither is negative.
inline std::uint32_t boxes_within(BoxDistances const& distances, float limit) {
    // As numbers, the bits of floats that are not negative have the same order.
    return set_of_negative(std::bit_cast<Ints>(distances) - (std::bit_cast<std::int32_t>(limit) + 1));
}

/// Local. The boxes that meet a box. Shape: not empty.
inline std::uint32_t boxes_meeting(BoxGroup const& boxes, geo::Box const& box) {
    constexpr std::uint32_t all = (1U << BoxGroup::size) - 1;
    // Halves are from -2^30 to 2^30. With the box a unit short of that no difference of two is 2^31, which would have
    // the sign of a negative one; those with `nowhere` may wrap around, but another one of its edges is outside then.
    constexpr std::int32_t most = (1 << 30) - 1;
    std::int32_t const west = std::max(half_below(box.west), -most), east = std::min(half_above(box.east), most),
                       south = std::max(half_below(box.south), -most), north = std::min(half_above(box.north), most);
    Ints const outside = difference(Ints{} + east, load(boxes.west)) | difference(load(boxes.east), Ints{} + west) |
                         difference(Ints{} + north, load(boxes.south)) | difference(load(boxes.north), Ints{} + south);
    return set_of_negative(outside) ^ all;
}

/// Local. How far away the places of a block are, by the middles of their steps.
inline void measure_rows(PlaneOrigin const& from, Block const& block, Frame const& frame, RowDistances& distances) {
    // Unsigned, since these differences may wrap around.
    std::uint32_t const half_step = (1U << frame.shift) >> 1;
    std::uint32_t const lon =
        static_cast<std::uint32_t>(frame.west) + half_step - static_cast<std::uint32_t>(from.at.lon);
    std::uint32_t const lat =
        static_cast<std::uint32_t>(frame.south) + half_step - static_cast<std::uint32_t>(from.at.lat);
    float const lon_weight = from.lon_weight;
    unsigned const shift = frame.shift;
    for (std::size_t i = 0; i < rows_a_block; ++i) {
        auto const dlon = static_cast<float>(static_cast<std::int32_t>(lon + (std::uint32_t{block.x[i]} << shift)));
        auto const dlat = static_cast<float>(static_cast<std::int32_t>(lat + (std::uint32_t{block.y[i]} << shift)));
        distances[i] = dlat * dlat + lon_weight * dlon * dlon;
    }
}
/// Local. The rows at a distance of at most `limit`.
inline std::uint32_t rows_within(RowDistances const& distances, float limit) {
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < rows_a_block; ++i)
        found |= distances[i] <= limit ? 1U << i : 0U;
    return found;
}

/// Local. The distances of a set of rows, infinite ones for the others.
inline RowDistances chosen(RowDistances const& distances, std::uint32_t rows) {
    alignas(64) RowDistances some;
    for (std::size_t i = 0; i < rows_a_block; ++i)
        some[i] = (rows >> i & 1) != 0 ? distances[i] : std::numeric_limits<float>::infinity();
    return some;
}

}  // namespace tessera::query
