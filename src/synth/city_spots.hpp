#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "tessera/synth/city.hpp"

namespace tessera::synth {

/// How places of a spot lie.
enum class Shape : std::uint8_t {
    avenues,    ///< on Manhattan's streets and avenues, between the rivers, not in Central Park
    streets,    ///< on a street grid of its own
    terminal,   ///< around one kerb
    bridge,     ///< along a line to (to_lon, to_lat)
    everywhere  ///< anywhere in town
};

/// Somewhere people ride from and to. Degrees; spreads are deviations in metres.
struct Spot {
    Shape shape;
    Zone zone;
    double lon, lat;
    double along, across;                             ///< spread up the avenues and along the streets
    double angle_sine;                                ///< of the street grid, clockwise from north
    double to_lon, to_lat;                            ///< of a bridge
    std::array<std::uint16_t, purpose_count> wanted;  ///< by Purpose: any unit
};

/// Local. All spots; fewer than 256.
std::span<Spot const> city_spots();

}  // namespace tessera::synth
