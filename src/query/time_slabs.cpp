#include "tessera/query/time_slabs.hpp"

#include <algorithm>

#include "pack_block.hpp"
#include "slab_plan.hpp"

namespace tessera::query {
namespace {

/// A row on its way to its slab.
struct Mover {
    std::uint32_t row;
    std::int32_t lon;
    std::int32_t lat;
    std::uint32_t time;
};

void pack_slab(TimeSlabs& slabs, std::size_t slab, std::uint64_t rows, Mover const* movers,
               std::vector<geo::Box>& boxes) {
    std::size_t const first = slabs.first_block[slab] * rows_a_block;
    auto const earlier = [](Mover const& a, Mover const& b) { return a.time < b.time; };
    auto const ends = std::minmax_element(movers + first, movers + first + rows, earlier);
    slabs.first_time[slab] = {ends.first->time};
    slabs.last_time[slab] = {ends.second->time};
    for (std::size_t block = slabs.first_block[slab]; block < slabs.first_block[slab + 1]; ++block) {
        std::size_t const place = block * rows_a_block, size = std::min(rows_a_block, first + rows - place);
        PerPlace<geo::Point> points;
        for (std::size_t i = 0; i < rows_a_block; ++i) {
            Mover const& mover = movers[place + std::min(i, size - 1)];
            points[i] = {mover.lon, mover.lat};
            slabs.order.row[place + i] = mover.row;
            slabs.since_start[block][i] = static_cast<std::uint16_t>(mover.time - slabs.first_time[slab].count);
        }
        slabs.order.size[block] = static_cast<std::uint8_t>(size);
        slabs.start[block] = slabs.first_time[slab];
        boxes[block] = pack_block({points.data(), size}, slabs.order.block[block]);
    }
}

}  // namespace

TimeSlabs cut_time_slabs(geo::LoadedTiles const& loaded, RowOrder const& curve) {
    SlabPlan const plan(loaded, curve);
    std::size_t const blocks = plan.first_block().back();
    core::RawArray<Mover> movers(blocks * rows_a_block);
#pragma omp parallel for schedule(static)
    for (std::size_t part = 0; part < plan.parts(); ++part)
        plan.for_each(part, [&](std::uint32_t row, std::uint64_t place) {
            geo::Point const end = end_of(loaded.trips, curve.on, row);
            movers[place] = {row, end.lon, end.lat, loaded.trips.pickup_time[row].count};
        });

    TimeSlabs slabs;
    std::size_t const count = plan.rows_of_slab().size();
    slabs.first_block = plan.first_block();
    slabs.first_time.resize(count);
    slabs.last_time.resize(count);
    slabs.start.resize(blocks);
    slabs.since_start = core::RawArray<PerPlace<std::uint16_t>>(blocks);
    slabs.order.on = curve.on;
    slabs.order.row = core::RawArray<std::uint32_t>(blocks * rows_a_block);
    slabs.order.block = core::RawArray<Block>(blocks);
    slabs.order.size.resize(blocks);
    std::vector<geo::Box> boxes(blocks);
#pragma omp parallel for schedule(dynamic, 4)
    for (std::size_t slab = 0; slab < count; ++slab)
        pack_slab(slabs, slab, plan.rows_of_slab()[slab], movers.data(), boxes);
    slabs.order.box = BoxGroups(boxes);
    for (core::WallTime const last : slabs.last_time)
        slabs.by_hour.add(last);
    return slabs;
}

void HourDirectory::add(core::WallTime last_time) {
    if (slab_.empty()) first_second_ = last_time.count / seconds_an_hour * seconds_an_hour;
    auto const hours = (last_time.count - first_second_) / seconds_an_hour + 1;
    slab_.resize(std::max<std::size_t>(slab_.size(), hours), slabs_++);
}

RowRange slabs_in_window(TimeSlabs const& slabs, Filter const& filter) {
    RowRange range{0, slabs.slabs()};
    if (filter.from) {
        range.first = slabs.by_hour.first_to_end_in(*filter.from);
        while (range.first < slabs.slabs() && slabs.last_time[range.first] < *filter.from)
            ++range.first;
    }
    if (filter.to) {
        range.last = slabs.by_hour.first_to_end_in(*filter.to);
        while (range.last < slabs.slabs() && slabs.first_time[range.last] < *filter.to)
            ++range.last;
    }
    return range.first < range.last ? range : RowRange{0, 0};
}

RowRange whole_slabs(TimeSlabs const& slabs, RowRange in_window, Filter const& filter) {
    auto& [first, last] = in_window;
    if (first < last && filter.from && slabs.first_time[first] < *filter.from) ++first;
    if (first < last && filter.to && slabs.last_time[last - 1] >= *filter.to) --last;
    return in_window;
}

}  // namespace tessera::query
