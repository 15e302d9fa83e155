#include "field_values.hpp"

namespace tessera::query {
namespace {

template <class Q>
void read_column(std::vector<Q> const& column, RowBlock const& block, PerRow<std::int64_t>& values) {
    PerRow<Q> room;
    Q const* const from = block.values(column, room);
    for (std::size_t i = 0; i < block.size(); ++i)
        values[i] = is_known(from[i]) ? std::int64_t{from[i].count} : no_value;
}

void read_duration(core::TripTable const& trips, RowBlock const& block, PerRow<std::int64_t>& values) {
    PerRow<core::WallTime> pickup_room, dropoff_room;
    core::WallTime const* const pickup = block.pickup_times(trips, pickup_room);
    core::WallTime const* const dropoff = block.values(trips.dropoff_time, dropoff_room);
    for (std::size_t i = 0; i < block.size(); ++i) {
        bool const known = is_known(pickup[i]) && is_known(dropoff[i]);
        values[i] = known ? std::int64_t{dropoff[i].count} - pickup[i].count : no_value;
    }
}

}  // namespace

void read_values(core::TripTable const& trips, Field field, RowBlock const& block, PerRow<std::int64_t>& values) {
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
        case Field::duration:
            return read_duration(trips, block, values);
        case Field::passengers:
            return read_column(trips.passengers, block, values);
    }
}

}  // namespace tessera::query
