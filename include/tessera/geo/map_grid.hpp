#pragma once
#include <cstdint>
#include <vector>

#include "tessera/geo/box.hpp"

namespace tessera::geo {

/// The world as web maps show it (Web Mercator, EPSG:3857), cut into 2^level pixels a side: column 0 begins at 180
/// degrees west, row 0 at 85.05 degrees north. An edge between pixels is decided once, as an integer of 1e-7 degree, so
/// that every point of the map is in exactly one pixel, and a pixel of one level in exactly four of the next.
class MapGrid {
  public:
    static constexpr unsigned deepest_level = 29;  ///< a pixel is some 5 units of 1e-7 degree

    /// Local. Shape: level <= deepest_level.
    explicit MapGrid(unsigned level) : level_(level), side_(static_cast<double>(std::uint32_t{1} << level)) {}

    unsigned level() const { return level_; }
    /// Local. The box of all that a map shows.
    static Box world();

    /// Local. The least longitude of a column, or where the column after the last would begin. Shape: at most 2^level.
    std::int32_t west_of(std::uint32_t column) const;
    /// Local. The greatest latitude of a row, or that of the row after the last. Shape: at most 2^level.
    std::int32_t north_of(std::uint32_t row) const;

    /// Local. The column of a longitude. Shape: in world().
    std::uint32_t column_of(std::int32_t lon) const {
        auto const east = static_cast<std::uint64_t>(std::int64_t{lon} + half_turn);
        if (east == whole_turn) return (std::uint32_t{1} << level_) - 1;  // 180 degrees east ends the last column
        return static_cast<std::uint32_t>((east << level_) / whole_turn);
    }
    /// Local. The row of a latitude. Shape: in world().
    std::uint32_t row_of(std::int32_t lat) const {
        constexpr double unsure = 1e-3;  // pixels; far more than what the curve may be wrong by
        auto const from_south = static_cast<std::uint32_t>(lat - least_latitude);
        Band const& band = (*bands_)[from_south >> band_bits];
        double const d = static_cast<double>(from_south & (band_units - 1)) - band_units / 2;
        double const y = side_ * (band.y + d * (band.slope + d * (band.bend + d * band.twist)));
        auto const row = static_cast<std::int64_t>(y);
        double const rest = y - static_cast<double>(row);
        if (rest > unsure && rest < 1 - unsure) return static_cast<std::uint32_t>(row);
        return settle(row, lat);
    }

  private:
    static constexpr std::uint64_t whole_turn = 3'600'000'000;
    static constexpr std::int64_t half_turn = 1'800'000'000;
    static constexpr std::int32_t least_latitude = -850'511'287;
    static constexpr unsigned band_bits = 17;
    static constexpr std::uint32_t band_units = 1U << band_bits;

    /// The curve of the map's rows over latitudes, piece by piece: some 1.5 kilometres are a cubic to 1e-12 of the map.
    struct Band {
        double y, slope, bend, twist;
    };
    static std::vector<Band> make_bands();
    static std::vector<Band> const& shared_bands();
    /// Local. The row, where the curve comes too near to an edge to tell.
    std::uint32_t settle(std::int64_t row, std::int32_t lat) const;

    unsigned level_;
    double side_;
    std::vector<Band> const* bands_ = &shared_bands();
};

}  // namespace tessera::geo
