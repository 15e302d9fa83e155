#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace tessera::report {

/// A colour of a screen (sRGB, 8 bits a channel).
struct Rgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    friend bool operator==(Rgb, Rgb) = default;
};

/// Colours from dark to bright. The first is the background, where nothing is.
using ColorMap = std::array<Rgb, 256>;

/// Local. What `make_ember` promises of a colour, for whoever wants to check it: its lightness in OKLab, from 0 to 1.
/// It rises by the same step from each colour to the next, which the eye sees as equal steps. Shape: index < 256.
double ember_lightness(std::size_t index);

/// Local. The map of the heat maps: near-black, violet, crimson, orange, cream. Computed in OKLab, a space in which
/// equal distances look equal (B. Ottosson, "A perceptual color space for image processing", 2020,
/// https://bottosson.github.io/posts/oklab/).
ColorMap make_ember();

}  // namespace tessera::report
