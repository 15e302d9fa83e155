#pragma once
#include <cstddef>
#include <tuple>
#include <vector>

#include "tessera/core/columns.hpp"
#include "tessera/core/trip.hpp"

namespace tessera::core {

/// Trips as a structure of arrays. Columns that were not read are empty; all others have the same length.
struct TripTable {
    std::vector<WallTime> pickup_time;
    std::vector<WallTime> dropoff_time;
    std::vector<Angle> pickup_lon;
    std::vector<Angle> pickup_lat;
    std::vector<Angle> dropoff_lon;
    std::vector<Angle> dropoff_lat;
    std::vector<Centimiles> distance;
    std::vector<Cents> fare;
    std::vector<Cents> tip;
    std::vector<Cents> tolls;
    std::vector<Cents> total;
    std::vector<Passengers> passengers;
    std::vector<Code> payment;
    std::vector<Code> rate;
    std::vector<Code> vendor;
    std::vector<Source> source;
    std::vector<FileId> file;
    std::vector<LineNumber> line;

    /// Number of trips of a table that has all its columns.
    std::size_t size() const { return line.size(); }
};

/// One column: its id, where it is in a table, where in a single trip.
template <class T>
struct ColumnPlace {
    Column id;
    std::vector<T> TripTable::*in_table;
    T Trip::*in_trip;
};
/// Local. Said, because Clang deduces it by itself only from version 17 on.
template <class T>
ColumnPlace(Column, std::vector<T> TripTable::*, T Trip::*) -> ColumnPlace<T>;

/// The one list of columns; whatever touches every column goes through it.
inline constexpr std::tuple column_places{
    ColumnPlace{Column::pickup_time, &TripTable::pickup_time, &Trip::pickup_time},
    ColumnPlace{Column::dropoff_time, &TripTable::dropoff_time, &Trip::dropoff_time},
    ColumnPlace{Column::pickup_lon, &TripTable::pickup_lon, &Trip::pickup_lon},
    ColumnPlace{Column::pickup_lat, &TripTable::pickup_lat, &Trip::pickup_lat},
    ColumnPlace{Column::dropoff_lon, &TripTable::dropoff_lon, &Trip::dropoff_lon},
    ColumnPlace{Column::dropoff_lat, &TripTable::dropoff_lat, &Trip::dropoff_lat},
    ColumnPlace{Column::distance, &TripTable::distance, &Trip::distance},
    ColumnPlace{Column::fare, &TripTable::fare, &Trip::fare},
    ColumnPlace{Column::tip, &TripTable::tip, &Trip::tip},
    ColumnPlace{Column::tolls, &TripTable::tolls, &Trip::tolls},
    ColumnPlace{Column::total, &TripTable::total, &Trip::total},
    ColumnPlace{Column::passengers, &TripTable::passengers, &Trip::passengers},
    ColumnPlace{Column::payment, &TripTable::payment, &Trip::payment},
    ColumnPlace{Column::rate, &TripTable::rate, &Trip::rate},
    ColumnPlace{Column::vendor, &TripTable::vendor, &Trip::vendor},
    ColumnPlace{Column::source, &TripTable::source, &Trip::source},
    ColumnPlace{Column::file, &TripTable::file, &Trip::file},
    ColumnPlace{Column::line, &TripTable::line, &Trip::line}};

/// Local. Calls `visit(place)` for every column, in order.
template <class Visit>
constexpr void for_each_column(Visit&& visit) {
    std::apply([&](auto const&... place) { (visit(place), ...); }, column_places);
}

/// Local. Bytes of one trip over all columns (55).
constexpr std::size_t bytes_per_trip() {
    std::size_t bytes = 0;
    for_each_column([&]<class T>(ColumnPlace<T> const&) { bytes += sizeof(T); });
    return bytes;
}

/// Local. Adds one trip at the end of a full table.
void append(TripTable& table, Trip const& trip);
/// Local. The trip in a row of a full table.
Trip trip_at(TripTable const& table, std::size_t row);
/// Local. One table after the other. Each part's column is freed as soon as it is copied: beside the trips themselves
/// this takes the memory of one column.
TripTable join(std::vector<TripTable> parts);
/// Local. Empties a table and keeps its memory.
void clear(TripTable& table);

}  // namespace tessera::core
