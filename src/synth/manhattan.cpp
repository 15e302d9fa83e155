#include "manhattan.hpp"

#include <array>
#include <cmath>

namespace tessera::synth {
namespace {

struct Shore {
    double up, west, east;
};

// Measured on a map, from the Battery to the George Washington Bridge.
constexpr std::array shores{
    Shore{-6400, 190, 320},    Shore{-5100, -700, 1040},  Shore{-4000, -760, 2450}, Shore{-3075, -1100, 2350},
    Shore{-2230, -1530, 2050}, Shore{-1550, -1800, 1440}, Shore{-600, -1860, 1250}, Shore{20, -1910, 1200},
    Shore{1250, -1950, 1360},  Shore{2850, -1980, 1560},  Shore{4400, -2010, 1190}, Shore{6750, -2080, 1240},
    Shore{7530, -2080, 300},   Shore{8400, -2080, -80},   Shore{9400, -2100, -780}, Shore{11100, -2740, -1140}};

// First Avenue and York, Second, Third, Lexington, Park, Madison, Fifth, Sixth and so on to Twelfth.
constexpr std::array avenues{1160.0, 980.0,  780.0,  560.0,   420.0,   280.0,   135.0,  0.0,
                             -280.0, -560.0, -830.0, -1080.0, -1350.0, -1600.0, -1850.0};

constexpr double fourteenth_street = -2260;
constexpr double park_south = 1394, park_north = 5576;  // 59th and 110th Street
constexpr double park_west = -820, park_east = -12;     // Eighth and Fifth Avenue

double nearest_avenue(double east) {
    double nearest = avenues[0];
    for (double const avenue : avenues) {
        if (std::abs(avenue - east) < std::abs(nearest - east)) nearest = avenue;
    }
    return nearest;
}

double nearest_multiple(double value, double step) {
    return std::round(value / step) * step;
}

}  // namespace

bool is_built_manhattan(GridPlace place) {
    if (place.up < shores.front().up || place.up > shores.back().up) return false;
    if (place.up > park_south && place.up < park_north && place.east > park_west && place.east < park_east)
        return false;
    std::size_t i = 1;
    while (shores[i].up < place.up)
        ++i;
    Shore const &a = shores[i - 1], &b = shores[i];
    double const t = (place.up - a.up) / (b.up - a.up);
    return place.east > a.west + t * (b.west - a.west) && place.east < a.east + t * (b.east - a.east);
}

GridPlace snap_to_manhattan(GridPlace place, RandomStream& random) {
    bool const downtown = place.up < fourteenth_street;
    double const street_step = downtown ? 65.0 : 82.0;
    if (random.happens(0.6)) {
        place.east = downtown ? nearest_multiple(place.east, 120.0) : nearest_avenue(place.east);
    } else {
        place.up = nearest_multiple(place.up, street_step);
    }
    place.up += 5.0 * random.bell();
    place.east += 5.0 * random.bell();
    return place;
}

}  // namespace tessera::synth
