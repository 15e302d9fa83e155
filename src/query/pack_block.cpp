#include "pack_block.hpp"

#include <algorithm>

namespace tessera::query {

geo::Box pack_block(std::span<geo::Point const> points, Block& block) {
    geo::Box box;
    for (geo::Point const point : points)
        box.include(point);
    BoxGroup rounded;
    rounded.put(0, box);
    Frame const frame = frame_of(rounded.box(0));
    auto const steps = [&](std::int32_t angle, std::int32_t corner) {
        return static_cast<std::uint16_t>((static_cast<std::uint32_t>(angle) - static_cast<std::uint32_t>(corner)) >>
                                          frame.shift);
    };
    for (std::size_t i = 0; i < rows_a_block; ++i) {
        geo::Point const point = points[std::min(i, points.size() - 1)];
        block.x[i] = steps(point.lon, frame.west);
        block.y[i] = steps(point.lat, frame.south);
    }
    return box;
}

geo::Point RowOrder::point(core::TripTable const& trips, Frame const& of_block, std::size_t place) const {
    if (!of_block.exact()) return end_of(trips, on, row[place]);
    Block const& from = block[place / rows_a_block];
    return {of_block.west + from.x[place % rows_a_block], of_block.south + from.y[place % rows_a_block]};
}

}  // namespace tessera::query
