#pragma once
#include <cstdint>

#include "tessera/query/map_sample.hpp"

namespace tessera::query {

/// The squares of a sample's grid, and which of them are drawn.
class SampleCells {
  public:
    explicit SampleCells(MapSampleQuestion const& sample)
        : cell_bits_(sample.thinning == 0 ? 0 : cell_bits_at(sample.level)), thinning_(sample.thinning) {}

    /// Local. Whether a pixel is in a square that is drawn.
    bool has(std::uint32_t column, std::uint32_t row) const {
        if (thinning_ == 0) return true;
        Place const cell{column >> cell_bits_, row >> cell_bits_};
        return drawn_of({cell.x >> thinning_, cell.y >> thinning_}) == cell;
    }
    /// Local. Whether some pixel of [first_column, last_column] x [first_row, last_row] may be in one.
    bool may_have(std::uint32_t first_column, std::uint32_t last_column, std::uint32_t first_row,
                  std::uint32_t last_row) const {
        constexpr std::uint64_t most_groups = 16;  // a large area has some, nearly always
        if (thinning_ == 0) return true;
        Place const first{first_column >> cell_bits_, first_row >> cell_bits_};
        Place const last{last_column >> cell_bits_, last_row >> cell_bits_};
        Place const from{first.x >> thinning_, first.y >> thinning_}, to{last.x >> thinning_, last.y >> thinning_};
        if (std::uint64_t{to.x - from.x + 1} * (to.y - from.y + 1) > most_groups) return true;
        for (std::uint32_t y = from.y; y <= to.y; ++y)
            for (std::uint32_t x = from.x; x <= to.x; ++x) {
                Place const cell = drawn_of({x, y});
                if (first.x <= cell.x && cell.x <= last.x && first.y <= cell.y && cell.y <= last.y) return true;
            }
        return false;
    }

  private:
    struct Place {
        std::uint32_t x, y;
        friend bool operator==(Place, Place) = default;
    };
    /// Squares are some 58 metres wide in New York, or 4 pixels where that is more.
    static unsigned cell_bits_at(std::uint32_t level) {
        constexpr unsigned least_bits = 2, finest_level = 19;
        return level > finest_level + least_bits ? level - finest_level : least_bits;
    }
    /// The square that is drawn of a group of them.
    Place drawn_of(Place group) const {
        // The last steps of SplitMix64: every bit of the place turns about half of the bits of the hash.
        std::uint64_t hash = (std::uint64_t{group.x} << 32 | group.y) + 0x9e3779b97f4a7c15;
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        hash ^= hash >> 31;
        std::uint32_t const within = (1U << thinning_) - 1;
        return {(group.x << thinning_) + (static_cast<std::uint32_t>(hash) & within),
                (group.y << thinning_) + (static_cast<std::uint32_t>(hash >> 32) & within)};
    }

    unsigned cell_bits_;
    unsigned thinning_;
};

}  // namespace tessera::query
