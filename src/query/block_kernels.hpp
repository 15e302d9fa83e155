#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
/// Of the rows of a block, in two vectors.
struct RowDistances {
    Floats half[rows_a_block / vector_lanes];

    float operator[](std::size_t row) const { return half[row / vector_lanes][row % vector_lanes]; }
};

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
    return lanes_at_most(distances, limit);
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

/// Local. Sixteen steps of 2^shift units, counted from a number, which may wrap around.
__attribute__((always_inline)) inline Floats steps_as_floats(std::uint16_t const* steps, unsigned shift,
                                                             std::uint32_t first) {
    using Shorts = std::uint16_t __attribute__((vector_size(vector_lanes * sizeof(std::uint16_t))));
    Shorts some;
    std::memcpy(&some, steps, sizeof some);
    Unsigneds const there = (__builtin_convertvector(some, Unsigneds) << shift) + first;
    return __builtin_convertvector(std::bit_cast<Ints>(there), Floats);
}

/// Local. How far away the places of a block are, by the middles of their steps.
inline void measure_rows(PlaneOrigin const& from, Block const& block, Frame const& frame, RowDistances& distances) {
    // Unsigned, since these differences may wrap around.
    std::uint32_t const half_step = (1U << frame.shift) >> 1;
    std::uint32_t const lon =
        static_cast<std::uint32_t>(frame.west) + half_step - static_cast<std::uint32_t>(from.at.lon);
    std::uint32_t const lat =
        static_cast<std::uint32_t>(frame.south) + half_step - static_cast<std::uint32_t>(from.at.lat);
    for (std::size_t part = 0; part < rows_a_block / vector_lanes; ++part) {
        Floats const dlon = steps_as_floats(&block.x[part * vector_lanes], frame.shift, lon);
        Floats const dlat = steps_as_floats(&block.y[part * vector_lanes], frame.shift, lat);
        distances.half[part] = dlat * dlat + from.lon_weight * dlon * dlon;
    }
}
/// Local. The rows at a distance of at most `limit`. Shape: neither is negative.
inline std::uint32_t rows_within(RowDistances const& distances, float limit) {
    return lanes_at_most(distances.half[0], limit) | lanes_at_most(distances.half[1], limit) << vector_lanes;
}

/// Local. The distances of a set of rows, infinite ones for the others.
inline RowDistances chosen(RowDistances const& distances, std::uint32_t rows) {
    constexpr float others = std::numeric_limits<float>::infinity();
    return {{chosen(rows, distances.half[0], others), chosen(rows >> vector_lanes, distances.half[1], others)}};
}

}  // namespace tessera::query
