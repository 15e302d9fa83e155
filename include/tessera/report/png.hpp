#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tessera/geo/box.hpp"
#include "tessera/report/color_map.hpp"
#include "tessera/report/picture.hpp"

namespace tessera::report {

/// What a picture says of itself, in PNG text chunks (Latin-1).
struct PictureText {
    std::string title;     ///< "Title"
    std::string software;  ///< "Software": name and version
    geo::Box frame;        ///< "Frame": west,south,east,north in degrees
};

/// Local. The picture as a PNG file with a palette of 256 colours. The same picture gives the same bytes (with the same
/// libpng and zlib): no time is written. Throws core::DataError where libpng refuses, as for a picture without pixels.
std::vector<std::byte> encode_png(Picture const& picture, ColorMap const& colors, PictureText const& text);

/// Local. The same for a tile that is laid over a map: the background is transparent, and the picture says nothing of
/// itself. Compressed little, since it is made while somebody waits.
std::vector<std::byte> encode_clear_png(Picture const& picture, ColorMap const& colors);

}  // namespace tessera::report
