#include "questions.hpp"

#include <algorithm>

#include "near_questions.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::bench {
namespace {

PlaneQuestion to_plane(PlaneTrips const& trips, query::NearestQuestion const& near, query::RangeQuestion const* range) {
    Plane const& plane = trips.plane;
    geo::Box const box = range ? *range->filter.box : geo::Box::world();
    std::uint32_t from = 0, to = 0xffff'ffff;
    if (near.filter.from) from = near.filter.from->count - std::min(near.filter.from->count, trips.first_second);
    if (near.filter.to) to = near.filter.to->count - trips.first_second;
    return {plane.x(near.at.lon),
            plane.y(near.at.lat),
            plane.x(box.west),
            plane.y(box.south),
            plane.x(box.east),
            plane.y(box.north),
            from,
            to};
}

}  // namespace

Questions make_questions(geo::LoadedTiles const& loaded, PlaneTrips const& trips, Task task, Order order,
                         std::size_t count) {
    Questions made{task, make_near_questions(loaded, trips.on, task != Task::nearest, count), {}, {}};
    if (order == Order::along_the_curve)
        std::ranges::stable_sort(made.nearest, {}, [](auto const& q) {
            return std::pair(q.filter.from.value_or(core::WallTime{}).count, geo::hilbert_key(q.at));
        });
    bool const in_boxes = task == Task::count || task == Task::rows;
    if (in_boxes) made.range = make_box_questions(made.nearest, task == Task::count);
    for (std::size_t i = 0; i < count; ++i)
        made.plane.push_back(to_plane(trips, made.nearest[i], in_boxes ? &made.range[i] : nullptr));
    return made;
}

}  // namespace tessera::bench
