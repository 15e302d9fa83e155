#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "tessera/query/map_pixels.hpp"
#include "tessera/query/pixel_tallies.hpp"
#include "tessera/report/picture.hpp"

namespace tessera::report {

/// Which colour a value gets on all tiles of a zoom: an equalised histogram, as ScaleKind::eq, of a sample of the
/// zoom's pixels, so that it is the same whichever tile is shown. Values that the sample does not have get the colour
/// of the next lower one that it has.
class MapScale {
  public:
    /// Local. Without a sample: one colour for everything.
    MapScale() : MapScale(std::vector<double>{}) {}
    /// Local. By the values of pixels that hold something, in any order.
    explicit MapScale(std::vector<double> values);
    /// Local. By a sample's tallies.
    MapScale(std::vector<query::TalliedPixel> const& sample, query::Measure measure);

    /// Local. An index into a ColorMap, from first_lit_color to 255, ascending with the value.
    std::uint8_t color_of(double value) const;

  private:
    static constexpr std::size_t lit_colors = 256 - first_lit_color;
    /// By colour: a value that is not less than this has it, or a brighter one.
    std::array<double, lit_colors> least_;
};

/// Local. A map tile's picture: the background where nothing is. No pixels at all are a picture of nothing.
Picture paint_map(query::MapPixels const& pixels, query::MapQuestion const& question, MapScale const& scale);

}  // namespace tessera::report
