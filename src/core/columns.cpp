#include "tessera/core/columns.hpp"

namespace tessera::core {
namespace {

constexpr std::string_view seconds = "seconds since 1970-01-01 00:00:00";

constexpr std::array<ColumnText, column_count> texts{{
    {"pickup_time", "pick-up, New York wall-clock time", seconds, 1, true},
    {"dropoff_time", "drop-off, New York wall-clock time", seconds, 1, true},
    {"pickup_lon", "pick-up longitude", "degrees_east", 1e-7, true},
    {"pickup_lat", "pick-up latitude", "degrees_north", 1e-7, true},
    {"dropoff_lon", "drop-off longitude", "degrees_east", 1e-7, true},
    {"dropoff_lat", "drop-off latitude", "degrees_north", 1e-7, true},
    {"distance", "distance by the meter", "mile", 0.01, true},
    {"fare", "fare by the meter", "USD", 0.01, true},
    {"tip", "tip", "USD", 0.01, true},
    {"tolls", "tolls", "USD", 0.01, true},
    {"total", "total charged", "USD", 0.01, true},
    {"passengers", "number of passengers", "1", 1, true},
    {"payment", "way of payment", "", 1, false},
    {"rate", "rate code", "", 1, false},
    {"vendor", "vendor, or Uber base", "", 1, false},
    {"source", "publisher of the record", "", 1, false},
    {"file", "index into /files/name", "1", 1, false},
    {"line", "line of the file, from 1 with the header", "1", 1, false},
}};

}  // namespace

ColumnText const& text_of(Column column) {
    return texts[static_cast<std::size_t>(column)];
}

}  // namespace tessera::core
