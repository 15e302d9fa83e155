#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "block_kernels.hpp"
#include "tessera/query/time_slabs.hpp"
#include "time_window.hpp"

namespace tessera::query {

/// Keeps of a set those rows that pass a test.
template <class Passes>
std::uint32_t keep(std::uint32_t rows, Passes&& passes) {
    std::uint32_t kept = 0;
    for (; rows != 0; rows &= rows - 1) {
        auto const i = static_cast<std::size_t>(std::countr_zero(rows));
        if (passes(i)) kept |= 1U << i;
    }
    return kept;
}

/// The steps of a frame that [low, high] touches, and of these the ones that lie inside as a whole. Both may be none.
struct Cover {
    std::optional<Steps> touched;
    std::optional<Steps> inside;
};

inline Cover cover(std::int32_t low, std::int32_t high, std::int32_t corner, unsigned shift) {
    constexpr std::int64_t most_step = 0xffff;
    auto const steps = [](std::int64_t first, std::int64_t last) -> std::optional<Steps> {
        if (first > last) return std::nullopt;
        return Steps{static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last - first)};
    };
    std::int64_t const from = std::int64_t{low} - corner, to = std::int64_t{high} - corner;
    std::int64_t const step = std::int64_t{1} << shift;
    // Shifts of negative numbers round down, too.
    return {steps(std::max<std::int64_t>(from >> shift, 0), std::min(to >> shift, most_step)),
            steps(std::max<std::int64_t>((from + step - 1) >> shift, 0), std::min(((to + 1) >> shift) - 1, most_step))};
}

/// Of some rows of a block, those whose end is in a box, which is not empty.
inline std::uint32_t rows_in_box(core::TripTable const& trips, RowOrder const& order, geo::Box const& box,
                                 std::size_t block, std::uint32_t rows) {
    Frame const frame = order.frame(block);
    Cover const lon = cover(box.west, box.east, frame.west, frame.shift);
    Cover const lat = cover(box.south, box.north, frame.south, frame.shift);
    if (!lon.touched || !lat.touched) return 0;
    Block const& places = order.block[block];
    auto const rows_in_steps = [&places](Steps const& x, Steps const& y) {
        RowsInSteps some;
        some.keep(places.x, x);
        some.keep(places.y, y);
        return some.set();
    };
    rows &= rows_in_steps(*lon.touched, *lat.touched);
    if (frame.exact() || rows == 0) return rows;
    // Steps at the edge hold places on either side of it.
    std::uint32_t const sure = lon.inside && lat.inside ? rows & rows_in_steps(*lon.inside, *lat.inside) : 0;
    std::uint32_t const* const row = order.row.data() + block * rows_a_block;
    return sure | keep(rows & ~sure, [&](std::size_t i) { return box.contains(end_of(trips, order.on, row[i])); });
}

/// The rows of an order, with their times at hand where it is one of slabs.
class BlockRows {
  public:
    explicit BlockRows(RowOrder const& order) : order_(order) {}
    explicit BlockRows(TimeSlabs const& slabs) : order_(slabs.order), slabs_(&slabs) {}

    RowOrder const& order() const { return order_; }
    core::WallTime time(core::TripTable const& trips, std::size_t place) const {
        return slabs_ != nullptr ? slabs_->time(place) : trips.pickup_time[order_.row[place]];
    }
    /// Local. The rows of a block whose time, place and source match: a set, with a bit for each place.
    std::uint32_t matching(core::TripTable const& trips, Filter const& filter, std::size_t block) const;

  private:
    // Of some rows, those that match.
    std::uint32_t in_window(core::TripTable const& trips, Filter const& filter, std::size_t block,
                            std::uint32_t rows) const;
    std::uint32_t in_box(core::TripTable const& trips, Filter const& filter, std::size_t block,
                         std::uint32_t rows) const;

    RowOrder const& order_;
    TimeSlabs const* slabs_ = nullptr;
};

inline std::uint32_t BlockRows::in_window(core::TripTable const& trips, Filter const& filter, std::size_t block,
                                          std::uint32_t rows) const {
    if ((!filter.from && !filter.to) || rows == 0) return rows;
    TimeWindow const window(filter);
    if (window.empty()) return 0;
    if (slabs_ != nullptr) {
        auto const seconds = window.seconds_since(slabs_->start[block]);
        return seconds ? rows & rows_in(slabs_->since_start[block], *seconds) : 0;
    }
    std::uint32_t const* const row = order_.row.data() + block * rows_a_block;
    return keep(rows, [&](std::size_t i) { return window.has(trips.pickup_time[row[i]]); });
}

inline std::uint32_t BlockRows::in_box(core::TripTable const& trips, Filter const& filter, std::size_t block,
                                       std::uint32_t rows) const {
    if (!filter.box || rows == 0) return rows;
    if (filter.box->empty()) return 0;
    if (filter.on == order_.on) return rows_in_box(trips, order_, *filter.box, block, rows);
    std::uint32_t const* const row = order_.row.data() + block * rows_a_block;
    return keep(rows, [&](std::size_t i) {
        geo::Point const point = end_of(trips, filter.on, row[i]);
        return is_known(point) && filter.box->contains(point);
    });
}

inline std::uint32_t BlockRows::matching(core::TripTable const& trips, Filter const& filter, std::size_t block) const {
    auto rows = static_cast<std::uint32_t>((std::uint64_t{1} << order_.size[block]) - 1);
    // What is at hand first: the times of slabs, the places of other orders.
    if (slabs_ != nullptr) rows = in_window(trips, filter, block, rows);
    rows = in_box(trips, filter, block, rows);
    if (slabs_ == nullptr) rows = in_window(trips, filter, block, rows);
    if (filter.sources.has_all() || rows == 0) return rows;
    std::uint32_t const* const row = order_.row.data() + block * rows_a_block;
    return keep(rows, [&](std::size_t i) { return filter.sources.has(trips.source[row[i]]); });
}

}  // namespace tessera::query
