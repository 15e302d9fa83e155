#pragma once
#include <array>
#include <cstdint>

#include "tessera/core/codes.hpp"
#include "tessera/geo/box.hpp"
#include "tessera/synth/random_stream.hpp"

namespace tessera::synth {

/// The part of town, as far as the fare asks for it.
enum class Zone : std::uint8_t { manhattan, boroughs, jfk, laguardia, newark };

struct Place {
    geo::Point point;
    Zone zone;
};

/// Who asks for a place: a pick-up of a source, or any drop-off.
enum class Purpose : std::uint8_t { yellow_pickup, uber_pickup, green_pickup, dropoff };
inline constexpr std::size_t purpose_count = 4;

/// Local. The purpose of a source's pick-ups.
Purpose pickup_purpose(core::Source source);

/// Every made-up place lies in it: W -74.30, S 40.45, E -73.60, N 41.00.
inline constexpr geo::Box city_region{-743'000'000, 404'500'000, -736'000'000, 410'000'000};

/// A made-up New York: Manhattan's streets and avenues (29 degrees off north, Central Park left out) around the places
/// where people ride most, neighbourhoods of the other boroughs, three airports, four bridges, and a few rides from
/// anywhere. Every place lies in `city_region`.
class City {
  public:
    City();
    /// Local. Draws a place.
    Place draw(RandomStream& random, Purpose purpose) const;
    /// Local. Draws a place near any spot, each as likely as the most famous one.
    static Place draw_near_any_spot(RandomStream& random);

  private:
    static constexpr std::size_t slots = 2048;
    /// For each purpose, spots repeated in proportion to how often they are wanted.
    std::array<std::array<std::uint8_t, slots>, purpose_count> spot_at_;
};

/// Local. Metres along the streets between two places, as a cab drives: parallel to Manhattan's avenues, then to its
/// streets.
double street_metres(geo::Point a, geo::Point b);

}  // namespace tessera::synth
