#include "tessera/core/trip_table.hpp"

#include <utility>

namespace tessera::core {

void append(TripTable& table, Trip const& trip) {
    for_each_column([&](auto const& place) { (table.*place.in_table).push_back(trip.*place.in_trip); });
}

Trip trip_at(TripTable const& table, std::size_t row) {
    Trip trip;
    for_each_column([&](auto const& place) { trip.*place.in_trip = (table.*place.in_table)[row]; });
    return trip;
}

TripTable join(std::vector<TripTable> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    TripTable joined;
    for_each_column([&]<class T>(ColumnPlace<T> const& place) {
        std::size_t rows = 0;
        for (TripTable const& part : parts)
            rows += (part.*place.in_table).size();
        std::vector<T>& column = joined.*place.in_table;
        column.reserve(rows);
        for (TripTable& part : parts) {
            std::vector<T> const from = std::move(part.*place.in_table);
            column.insert(column.end(), from.begin(), from.end());
        }
    });
    return joined;
}

void clear(TripTable& table) {
    for_each_column([&](auto const& place) { (table.*place.in_table).clear(); });
}

}  // namespace tessera::core
