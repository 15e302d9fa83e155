#include "tessera/report/map_picture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tessera::report {
namespace {

std::vector<double> values_of(std::vector<query::TalliedPixel> const& sample, query::Measure measure) {
    std::vector<double> values;
    values.reserve(sample.size());
    for (query::TalliedPixel const& pixel : sample)
        values.push_back(query::value_of(pixel.tally, measure));
    return values;
}

}  // namespace

MapScale::MapScale(std::vector<query::TalliedPixel> const& sample, query::Measure measure)
    : MapScale(values_of(sample, measure)) {}

MapScale::MapScale(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    least_.fill(std::numeric_limits<double>::infinity());
    // The share of pixels whose value is not greater, stretched so that the least value is the darkest.
    auto const least_end = std::upper_bound(values.begin(), values.end(), values.empty() ? 0 : values.front());
    auto const darkest = static_cast<double>(least_end - values.begin());
    double const span = static_cast<double>(values.size()) - darkest;
    std::size_t dark = 0;  // colours below this one have their least value
    for (auto value = values.begin(); value != values.end();) {
        auto const end = std::find_if(value, values.end(), [&](double other) { return other != *value; });
        double const brightness = span > 0 ? (static_cast<double>(end - values.begin()) - darkest) / span : 1;
        auto const color = static_cast<std::size_t>(std::lround(brightness * (lit_colors - 1)));
        for (; dark <= color; ++dark)
            least_[dark] = *value;
        value = end;
    }
    least_.front() = -std::numeric_limits<double>::infinity();
    if (span <= 0) least_.fill(least_.front());  // nothing to compare with
}

std::uint8_t MapScale::color_of(double value) const {
    auto const above = std::upper_bound(least_.begin(), least_.end(), value);
    return static_cast<std::uint8_t>(first_lit_color + (above - least_.begin()) - 1);
}

Picture paint_map(query::MapPixels const& pixels, query::MapQuestion const& question, MapScale const& scale) {
    std::uint32_t const size = question.tile.size;
    Picture picture{size, size, std::vector<std::uint8_t>(std::size_t{size} * size)};
    constexpr std::size_t usual_counts = 256;
    std::array<std::uint8_t, usual_counts> usual;
    bool const is_of_field = query::is_of_field(question.measure);
    for (std::size_t count = 0; count < usual_counts; ++count)
        usual[count] = count == 0 ? std::uint8_t{0} : scale.color_of(static_cast<double>(count));
    for (std::size_t i = 0; i < pixels.count.size(); ++i) {
        std::uint64_t const count = pixels.count[i];
        if (!is_of_field && count < usual_counts)
            picture.pixels[i] = usual[count];
        else if (count > 0)
            picture.pixels[i] = scale.color_of(query::value_of(pixels.at(i), question.measure));
    }
    return picture;
}

}  // namespace tessera::report
