#include "tessera/report/color_map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tessera::report {
namespace {

/// Chroma (distance from grey) and hue in OKLab.
struct Tint {
    double chroma;
    double degrees;
};

// The hues go one way round, through red, at a pace that keeps the steps even; no chroma is more than a screen can
// show at its lightness.
constexpr std::array<Tint, 7> anchors{
    {{0.030, 280}, {0.115, 300}, {0.160, 337}, {0.172, 373}, {0.165, 406}, {0.134, 438}, {0.035, 466}}};
constexpr double darkest = 0.13, brightest = 0.97;

/// A smooth curve through four values (Catmull and Rom), at `t` between the middle two.
double curve(double before, double from, double to, double after, double t) {
    double const slope = to - before, bend = 2 * before - 5 * from + 4 * to - after;
    double const rest = 3 * (from - to) + after - before;
    return from + t / 2 * (slope + t * (bend + t * rest));
}

Tint tint_at(double share) {
    double const place = share * (anchors.size() - 1);
    auto const from = std::min(static_cast<std::size_t>(place), anchors.size() - 2);
    Tint const &a = anchors[from == 0 ? 0 : from - 1], &b = anchors[from], &c = anchors[from + 1],
               &d = anchors[std::min(from + 2, anchors.size() - 1)];
    double const t = place - static_cast<double>(from);
    return {curve(a.chroma, b.chroma, c.chroma, d.chroma, t), curve(a.degrees, b.degrees, c.degrees, d.degrees, t)};
}

using Linear = std::array<double, 3>;  // red, green, blue, proportional to light

/// Ottosson's matrices from OKLab to linear sRGB.
Linear linear_of(double lightness, Tint tint) {
    double const hue = tint.degrees * std::numbers::pi / 180;
    double const a = tint.chroma * std::cos(hue), b = tint.chroma * std::sin(hue);
    auto const cube = [](double x) { return x * x * x; };
    double const l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double const m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double const s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

/// The transfer function of sRGB (IEC 61966-2-1), in 8 bits.
std::uint8_t encode(double linear) {
    double const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
}

double share_of(std::size_t index) {
    return static_cast<double>(index) / (std::tuple_size_v<ColorMap> - 1);
}

}  // namespace

double ember_lightness(std::size_t index) {
    return darkest + (brightest - darkest) * share_of(index);
}

ColorMap make_ember() {
    ColorMap map;
    for (std::size_t i = 0; i < map.size(); ++i) {
        Linear const color = linear_of(ember_lightness(i), tint_at(share_of(i)));
        map[i] = {encode(color[0]), encode(color[1]), encode(color[2])};
    }
    return map;
}

}  // namespace tessera::report
