#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace tessera::bench {

/// Twelve columns of yellow trips: seconds since 1970, 1e-7 degrees, hundredths of a mile, cents.
struct BareTrips {
    std::vector<std::uint32_t> pickup_time, dropoff_time;
    std::vector<std::int32_t> pickup_lon, pickup_lat, dropoff_lon, dropoff_lat;
    std::vector<std::int32_t> distance, fare, tip, tolls, total;
    std::vector<std::uint8_t> passengers;

    void resize(std::size_t rows);
};

/// One pass over whole lines of the layout of 2014, as fast as one can without looking whether they are right: what
/// stands for the machine's limit. Behind the text there must be 128 line ends. Returns the number of rows; shape: the
/// columns have room for them.
std::size_t parse_bare(std::string_view lines, BareTrips& trips);

}  // namespace tessera::bench
