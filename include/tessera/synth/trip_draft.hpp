#pragma once
#include <cstdint>

#include "tessera/core/units.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::synth {

/// A made-up trip before it is written: the values behind every column that some layout has. Money in cents.
struct TripDraft {
    core::WallTime pickup_time;
    core::WallTime dropoff_time;
    geo::Point pickup;
    geo::Point dropoff;
    std::int32_t centimiles = 0;
    std::int32_t fare = 0;
    std::int32_t surcharge = 0;
    std::int32_t mta_tax = 0;
    std::int32_t tip = 0;
    std::int32_t tolls = 0;
    std::int32_t improvement = 0;
    std::int32_t total = 0;
    std::uint8_t passengers = 1;
    std::uint8_t payment = 1;  ///< 1 card, 2 cash, 3 no charge, 4 dispute, 5 unknown
    std::uint8_t rate = 1;
    std::uint8_t vendor = 1;     ///< 1 CMT, 2 VTS, 3 DDS
    std::uint8_t trip_type = 1;  ///< green: 1 hailed in the street, 2 dispatched
    std::uint8_t base = 0;       ///< Uber: index into core::uber_bases
    std::uint8_t spelling = 0;   ///< which of several spellings of a code to take, 0 to 255
};

}  // namespace tessera::synth
