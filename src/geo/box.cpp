#include "tessera/geo/box.hpp"

#include <cmath>

namespace tessera::geo {

Box Box::world() {
    constexpr std::int32_t degree = core::angle_units_per_degree;
    return {-180 * degree, -90 * degree, 180 * degree, 90 * degree};
}

std::int32_t angle_from_degrees(double degrees) {
    return static_cast<std::int32_t>(std::llround(degrees * core::angle_units_per_degree));
}

double degrees_from_angle(std::int32_t angle) {
    return angle / static_cast<double>(core::angle_units_per_degree);
}

}  // namespace tessera::geo
