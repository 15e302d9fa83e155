#pragma once
#include "tessera/core/codes.hpp"
#include "tessera/core/units.hpp"

namespace tessera::core {

/// One record. Every member but the pick-up, source, file and line may be unknown.
struct Trip {
    WallTime pickup_time{};
    WallTime dropoff_time{};
    Angle pickup_lon{};
    Angle pickup_lat{};
    Angle dropoff_lon = unknown<Angle>();
    Angle dropoff_lat = unknown<Angle>();
    Centimiles distance = unknown<Centimiles>();
    Cents fare = unknown<Cents>();
    Cents tip = unknown<Cents>();
    Cents tolls = unknown<Cents>();
    Cents total = unknown<Cents>();
    Passengers passengers = unknown<Passengers>();
    Code payment{};
    Code rate{};
    Code vendor{};
    Source source = Source::yellow;
    FileId file{};
    LineNumber line{};

    friend bool operator==(Trip const&, Trip const&) = default;
};

}  // namespace tessera::core
