#include "field_values.hpp"

#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// `value_at` is compiled into the loop, and both into the function that calls it, which the compiler turns into
/// vectors.
template <class ValueAt>
[[gnu::always_inline]] inline bool fill(std::int64_t* __restrict values, std::size_t n, ValueAt value_at) {
    bool all_known = true;
    for (std::size_t i = 0; i < n; ++i) {
        std::int64_t const value = value_at(i);
        all_known &= value != no_value;
        values[i] = value;
    }
    return all_known;
}

template <class Q>
[[gnu::always_inline]] inline std::int64_t value_of(Q quantity) {
    return is_known(quantity) ? std::int64_t{quantity.count} : no_value;
}

TESSERA_WIDE bool widen(std::int32_t const* from, std::size_t n, std::int64_t* values) {
    return fill(values, n, [=](std::size_t i) { return value_of(core::Cents{from[i]}); });
}
TESSERA_WIDE bool widen(core::Passengers const* from, std::size_t n, std::int64_t* values) {
    return fill(values, n, [=](std::size_t i) { return value_of(from[i]); });
}
TESSERA_WIDE bool subtract(core::WallTime const* to, core::WallTime const* from, std::size_t n, std::int64_t* values) {
    return fill(values, n, [=](std::size_t i) {
        bool const known = is_known(from[i]) && is_known(to[i]);
        return known ? std::int64_t{to[i].count} - from[i].count : no_value;
    });
}

template <class Q>
bool read_column(std::vector<Q> const& column, RowBlock const& block, PerRow<std::int64_t>& values) {
    static_assert(sizeof(Q) == sizeof(std::int32_t) && core::unknown<Q>().count == core::unknown<core::Cents>().count);
    PerRow<Q> room;
    return widen(&block.values(column, room)->count, block.size(), values.data());
}

}  // namespace

bool read_values(core::TripTable const& trips, Field field, RowBlock const& block, PerRow<std::int64_t>& values) {
    switch (field) {
        case Field::fare:
            return read_column(trips.fare, block, values);
        case Field::tip:
            return read_column(trips.tip, block, values);
        case Field::tolls:
            return read_column(trips.tolls, block, values);
        case Field::total:
            return read_column(trips.total, block, values);
        case Field::distance:
            return read_column(trips.distance, block, values);
        case Field::passengers: {
            PerRow<core::Passengers> room;
            return widen(block.values(trips.passengers, room), block.size(), values.data());
        }
        case Field::duration:
            break;
    }
    PerRow<core::WallTime> pickup_room, dropoff_room;
    return subtract(block.values(trips.dropoff_time, dropoff_room), block.pickup_times(trips, pickup_room),
                    block.size(), values.data());
}

}  // namespace tessera::query
