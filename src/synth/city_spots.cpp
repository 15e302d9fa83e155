#include "city_spots.hpp"

namespace tessera::synth {
namespace {

using Wanted = std::array<std::uint16_t, purpose_count>;  // yellow, Uber and green pick-ups, drop-offs

constexpr Spot manhattan(double lon, double lat, double along, double across, Wanted wanted) {
    return {Shape::avenues, Zone::manhattan, lon, lat, along, across, 0, 0, 0, wanted};
}
constexpr Spot borough(double lon, double lat, double spread, double angle_sine, Wanted wanted) {
    return {Shape::streets, Zone::boroughs, lon, lat, spread, spread, angle_sine, 0, 0, wanted};
}
constexpr Spot terminal(Zone zone, double lon, double lat, double spread, Wanted wanted) {
    return {Shape::terminal, zone, lon, lat, spread, spread / 2, 0.5, 0, 0, wanted};
}
constexpr Spot bridge(double lon, double lat, double to_lon, double to_lat) {
    return {Shape::bridge, Zone::boroughs, lon, lat, 6, 6, 0, to_lon, to_lat, {3, 4, 1, 2}};
}

// Weights are the author's estimate from the published counts by zone; only their rough proportions matter.
constexpr std::array spots{
    manhattan(-73.9770, 40.7530, 600, 350, {120, 110, 0, 110}),         // Grand Central
    manhattan(-73.9925, 40.7505, 250, 300, {80, 40, 0, 50}),            // Penn Station
    manhattan(-73.9862, 40.7580, 350, 300, {90, 60, 0, 70}),            // Times Square
    manhattan(-73.9820, 40.7665, 400, 350, {60, 45, 0, 50}),            // Columbus Circle
    manhattan(-73.9785, 40.7590, 350, 250, {65, 50, 0, 55}),            // Rockefeller Center
    manhattan(-73.9905, 40.7358, 300, 300, {75, 65, 0, 55}),            // Union Square
    manhattan(-73.9875, 40.7420, 400, 400, {70, 65, 0, 60}),            // Flatiron, Gramercy
    manhattan(-74.0020, 40.7430, 450, 350, {65, 75, 0, 55}),            // Chelsea, the Meatpacking District
    manhattan(-74.0020, 40.7325, 400, 400, {70, 75, 0, 55}),            // the Village
    manhattan(-73.9850, 40.7270, 400, 400, {55, 55, 0, 45}),            // East Village
    manhattan(-73.9885, 40.7190, 350, 350, {38, 45, 0, 35}),            // Lower East Side
    manhattan(-74.0030, 40.7225, 450, 350, {55, 75, 0, 45}),            // SoHo, TriBeCa
    manhattan(-74.0095, 40.7075, 400, 300, {45, 55, 0, 45}),            // the Financial District
    manhattan(-73.9790, 40.7445, 400, 300, {55, 45, 0, 50}),            // Murray Hill
    manhattan(-73.9640, 40.7680, 500, 400, {100, 70, 0, 85}),           // Upper East Side, Lenox Hill
    manhattan(-73.9560, 40.7780, 600, 400, {80, 40, 0, 65}),            // Yorkville
    manhattan(-73.9810, 40.7780, 500, 300, {62, 35, 0, 50}),            // Upper West Side
    manhattan(-73.9720, 40.7910, 600, 300, {45, 22, 0, 40}),            // to 96th Street
    manhattan(-73.9430, 40.7975, 550, 350, {8, 6, 65, 18}),             // East Harlem
    manhattan(-73.9470, 40.8100, 700, 450, {8, 8, 90, 16}),             // Harlem
    manhattan(-73.9600, 40.8120, 500, 250, {8, 6, 60, 12}),             // Morningside Heights
    manhattan(-73.9400, 40.8400, 900, 300, {3, 4, 22, 9}),              // Washington Heights
    borough(-73.9570, 40.7150, 420, 0.50, {13, 35, 110, 25}),           // Williamsburg
    borough(-73.9500, 40.7270, 330, 0.10, {5, 8, 45, 10}),              // Greenpoint
    borough(-73.9230, 40.7000, 600, 0.62, {2, 8, 35, 8}),               // Bushwick
    borough(-73.9850, 40.6905, 430, 0.15, {13, 20, 75, 24}),            // Downtown Brooklyn
    borough(-73.9740, 40.6880, 400, 0.10, {6, 12, 60, 14}),             // Fort Greene
    borough(-73.9800, 40.6730, 500, 0.57, {6, 12, 55, 15}),             // Park Slope
    borough(-73.9480, 40.6800, 700, 0.05, {3, 9, 55, 10}),              // Bedford-Stuyvesant, Crown Heights
    borough(-73.9430, 40.7480, 380, 0.30, {8, 10, 50, 14}),             // Long Island City
    borough(-73.9230, 40.7640, 520, 0.60, {7, 12, 90, 14}),             // Astoria
    borough(-73.9150, 40.7450, 500, 0.10, {3, 4, 45, 8}),               // Sunnyside, Woodside
    borough(-73.8860, 40.7490, 500, 0.10, {2, 3, 70, 8}),               // Jackson Heights
    borough(-73.8460, 40.7200, 500, 0.55, {1, 2, 45, 5}),               // Forest Hills
    borough(-73.8310, 40.7600, 450, 0.20, {1, 2, 10, 4}),               // Flushing
    borough(-73.8970, 40.8600, 700, 0.25, {1, 2, 30, 6}),               // Fordham
    borough(-73.9190, 40.8180, 450, 0.45, {1, 2, 35, 6}),               // the South Bronx
    borough(-74.0390, 40.7230, 330, 0.05, {0, 6, 0, 3}),                // Jersey City
    terminal(Zone::jfk, -73.7822, 40.6437, 120, {12, 4, 0, 6}),         // JFK, terminal 4
    terminal(Zone::jfk, -73.7766, 40.6458, 110, {8, 3, 0, 4}),          // 5
    terminal(Zone::jfk, -73.7893, 40.6470, 110, {7, 3, 0, 4}),          // 8
    terminal(Zone::jfk, -73.7898, 40.6430, 90, {4, 2, 0, 3}),           // 1
    terminal(Zone::jfk, -73.7830, 40.6485, 80, {3, 1, 0, 2}),           // 7
    terminal(Zone::laguardia, -73.8726, 40.7743, 130, {20, 8, 0, 10}),  // LaGuardia, terminal B
    terminal(Zone::laguardia, -73.8633, 40.7695, 110, {14, 6, 0, 7}),   // C and D
    terminal(Zone::laguardia, -73.8850, 40.7725, 40, {2, 1, 0, 1}),     // A, the Marine Air Terminal
    terminal(Zone::newark, -74.1833, 40.6877, 90, {0, 3, 0, 1}),        // Newark, terminal A
    terminal(Zone::newark, -74.1773, 40.6905, 90, {0, 3, 0, 2}),        // B
    terminal(Zone::newark, -74.1778, 40.6955, 90, {1, 4, 0, 2}),        // C
    bridge(-74.0035, 40.7117, -73.9893, 40.7000),                       // Brooklyn Bridge
    bridge(-73.9950, 40.7155, -73.9855, 40.6985),                       // Manhattan Bridge
    bridge(-73.9850, 40.7178, -73.9600, 40.7105),                       // Williamsburg Bridge
    bridge(-73.9640, 40.7608, -73.9405, 40.7512),                       // Queensboro Bridge
    Spot{Shape::everywhere, Zone::boroughs, -73.9400, 40.7200, 0, 0, 0, 0, 0, {4, 8, 12, 10}}};

static_assert(spots.size() < 256);

}  // namespace

std::span<Spot const> city_spots() {
    return spots;
}

}  // namespace tessera::synth
