#include "tessera/report/picture.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace tessera::report {

Picture paint(std::span<std::uint64_t const> counts, std::uint32_t width, std::uint32_t height, Scale const& scale) {
    if (counts.size() != std::size_t{width} * height)
        throw std::invalid_argument("paint: counts are not width * height");
    Picture picture{width, height, std::vector<std::uint8_t>(counts.size())};
    auto const color_of = [&](std::uint64_t count) -> std::uint8_t {
        if (count == 0) return 0;
        return static_cast<std::uint8_t>(first_lit_color +
                                         std::lround(scale.brightness_of(count) * (255 - first_lit_color)));
    };
    std::transform(counts.begin(), counts.end(), picture.pixels.begin(), color_of);
    return picture;
}

}  // namespace tessera::report
