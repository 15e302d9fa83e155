#include "tessera/query/heat.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "scan.hpp"

namespace tessera::query {
namespace {

/// One side of the picture: cuts `length` units of 1e-7 degree into pixels, exactly. A division of integers takes
/// longer than all else that is done to a row; floating point comes within one pixel of it, and what is left over tells
/// which.
struct Side {
    std::int64_t length;
    std::int64_t pixels;
    double pixels_a_unit;

    Side(std::int32_t low, std::int32_t high, std::uint32_t pixel_count)
        : length(std::int64_t{high} - low + 1),
          pixels(pixel_count),
          pixels_a_unit(static_cast<double>(pixels) / static_cast<double>(length)) {}
    /// Shape: 0 <= distance_from_edge < length.
    std::size_t pixel_at(std::int64_t distance_from_edge) const {
        auto const near = static_cast<std::int64_t>(static_cast<double>(distance_from_edge) * pixels_a_unit);
        std::int64_t const rest = distance_from_edge * pixels - near * length;
        return static_cast<std::size_t>(near + (rest >= length ? 1 : 0) - (rest < 0 ? 1 : 0));
    }
};

/// The trips that a picture shows: those of the filter that are inside the frame.
Filter inside_frame(HeatQuestion const& question) {
    Filter filter = question.filter;
    geo::Box box = question.frame;
    if (filter.box) {
        box.west = std::max(box.west, filter.box->west);
        box.south = std::max(box.south, filter.box->south);
        box.east = std::min(box.east, filter.box->east);
        box.north = std::min(box.north, filter.box->north);
    }
    filter.box = box;
    return filter;
}

/// One thread's picture.
template <class Count>
class Painter {
  public:
    Painter(core::TripTable const& trips, HeatQuestion const& question)
        : lon_(question.filter.on == End::pickup ? trips.pickup_lon : trips.dropoff_lon),
          lat_(question.filter.on == End::pickup ? trips.pickup_lat : trips.dropoff_lat),
          frame_(question.frame),
          across_(frame_.west, frame_.east, question.width),
          down_(frame_.south, frame_.north, question.height),
          width_(question.width),
          grid_(std::size_t{question.width} * question.height) {}

    void take(RowBlock const& block) {
        PerRow<core::Angle> lon_room, lat_room;
        core::Angle const* const lon = block.values(lon_, lon_room);
        core::Angle const* const lat = block.values(lat_, lat_room);
        for (std::size_t i = 0; i < block.size(); ++i) {
            std::size_t const x = across_.pixel_at(std::int64_t{lon[i].count} - frame_.west);
            std::size_t const y = down_.pixel_at(std::int64_t{frame_.north} - lat[i].count);
            ++grid_[y * width_ + x];
        }
    }
    std::vector<Count> finish() { return std::move(grid_); }

  private:
    std::vector<core::Angle> const& lon_;
    std::vector<core::Angle> const& lat_;
    geo::Box frame_;
    Side across_;
    Side down_;
    std::size_t width_;
    std::vector<Count> grid_;
};

template <class Count>
std::vector<std::uint64_t> paint(geo::LoadedTiles const& loaded, HeatQuestion const& question) {
    auto const parts = scan(loaded, inside_frame(question), [&] { return Painter<Count>(loaded.trips, question); });
    std::vector<std::uint64_t> total(parts.front().size());
#pragma omp parallel for
    for (std::size_t pixel = 0; pixel < total.size(); ++pixel)
        for (std::vector<Count> const& part : parts)
            total[pixel] += part[pixel];
    return total;
}

}  // namespace

core::ColumnSet columns_of(HeatQuestion const& question) {
    core::ColumnSet columns = columns_of(question.filter);
    columns.add(coordinates_of(question.filter.on));
    return columns;
}

std::uint32_t height_of(geo::Box const& frame, std::uint32_t width) {
    double const middle = (geo::degrees_from_angle(frame.south) + geo::degrees_from_angle(frame.north)) / 2;
    double const shrink = std::cos(middle * std::numbers::pi / 180);
    double const across = (double{1} + frame.east - frame.west) * shrink;
    double const down = double{1} + frame.north - frame.south;
    double const height = std::round(width * down / across);
    return static_cast<std::uint32_t>(std::clamp(height, 1.0, 1.0 * std::numeric_limits<std::int32_t>::max()));
}

std::vector<std::uint64_t> count_pixels(geo::LoadedTiles const& loaded, HeatQuestion const& question) {
    // Half the memory where a pixel's count is sure to fit.
    if (geo::trip_count(loaded.tiles) <= std::numeric_limits<std::uint32_t>::max())
        return paint<std::uint32_t>(loaded, question);
    return paint<std::uint64_t>(loaded, question);
}

}  // namespace tessera::query
