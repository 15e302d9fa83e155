#include "tessera/report/color_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tessera::report {
namespace {

using Lab = std::array<double, 3>;

double decode(std::uint8_t channel) {
    double const value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

/// Ottosson's matrices the other way: from a screen's colour to OKLab.
Lab oklab_of(Rgb color) {
    double const r = decode(color.red), g = decode(color.green), b = decode(color.blue);
    double const l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double const m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double const s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

TEST(ColorMap, RisesEvenlyInLightness) {
    ColorMap const map = make_ember();
    // Eight bits a channel move lightness by up to 0.003; a colour cut off at the gamut would be farther out.
    for (std::size_t i = 0; i < map.size(); ++i)
        EXPECT_NEAR(oklab_of(map[i])[0], ember_lightness(i), 0.004) << i;
    for (std::size_t i = 1; i < map.size(); ++i) {
        EXPECT_NEAR(ember_lightness(i) - ember_lightness(i - 1), ember_lightness(1) - ember_lightness(0), 1e-12);
        EXPECT_GT(oklab_of(map[i])[0], oklab_of(map[i - 1])[0]) << i;
    }
}

TEST(ColorMap, StepsLookEqual) {
    ColorMap const map = make_ember();
    // Over eight colours at a time, so that rounding to eight bits does not matter.
    constexpr std::size_t stride = 8;
    double least = 1, most = 0;
    for (std::size_t i = stride; i < map.size(); i += stride) {
        Lab const a = oklab_of(map[i - stride]), b = oklab_of(map[i]);
        double const step = std::hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
        least = std::min(least, step);
        most = std::max(most, step);
    }
    EXPECT_LT(most / least, 1.4);
}

TEST(ColorMap, StaysInsideTheGamut) {
    for (Rgb const color : make_ember())
        for (int const channel : {color.red, color.green, color.blue}) {
            EXPECT_GT(channel, 0);
            EXPECT_LT(channel, 255);
        }
}

TEST(ColorMap, GoesFromNearBlackToCream) {
    ColorMap const map = make_ember();
    EXPECT_LT(std::max({map[0].red, map[0].green, map[0].blue}), 20);
    EXPECT_GT(std::min({map[255].red, map[255].green, map[255].blue}), 200);
    EXPECT_EQ(map, make_ember());
}

}  // namespace
}  // namespace tessera::report
