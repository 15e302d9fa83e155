#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tessera/query/row_order.hpp"

namespace tessera::query {

/// Seconds of the hours that slabs begin with.
inline constexpr std::uint32_t slab_seconds = 3600;

/// Equal steps of time, from the hour of the first pick-up on: few enough to count the rows of each, and as long as
/// there is a choice so long that hours begin with one.
class TimeSteps {
  public:
    /// Steps of that many seconds or, where these would be too many, more. Shape: 1 or slab_seconds.
    TimeSteps(geo::TileTable const& tiles, std::uint32_t step_seconds);

    std::size_t count() const { return count_; }
    std::size_t step_of(core::WallTime time) const {
        std::uint32_t const seconds = time.count - first_second_;
        // Mostly hours; with a number that the compiler knows, which it divides by without a division, rows are counted
        // in a fifth of the time.
        return step_seconds_ == slab_seconds ? seconds / slab_seconds : seconds / step_seconds_;
    }
    std::uint64_t seconds_before(std::size_t step) const { return std::uint64_t{step} * step_seconds_; }

  private:
    std::uint32_t first_second_;
    std::uint32_t step_seconds_ = 1;
    std::size_t count_;
};

/// Where each row goes: the slab of each step of time, and for each slab and each part of the curve's places the place
/// of its first row. Rows of a part keep their order, and parts theirs, however many there are.
class SlabPlan {
  public:
    /// Local, OpenMP. Keeps references to both.
    SlabPlan(geo::LoadedTiles const& loaded, RowOrder const& curve);

    std::size_t parts() const { return parts_; }
    std::vector<std::uint32_t> const& first_block() const { return first_block_; }
    std::vector<std::uint64_t> const& rows_of_slab() const { return rows_of_slab_; }

    /// Local. Calls visit(row, place) for the rows of a part.
    template <class Visit>
    void for_each(std::size_t part, Visit&& visit) const {
        std::vector<std::uint64_t> place = first_place_[part];
        for (std::size_t i = first_of(part); i < first_of(part + 1); ++i) {
            std::uint32_t const row = curve_.row[i];
            visit(row, place[slab_[steps_.step_of(times_[row])]]++);
        }
    }

  private:
    std::size_t first_of(std::size_t part) const { return curve_.row.size() * part / parts_; }
    /// Whether one step holds so many rows that they must be cut.
    bool count_rows();
    std::uint64_t rows_of(std::size_t step) const;
    void cut();
    void place_slabs();

    std::vector<core::WallTime> const& times_;
    RowOrder const& curve_;
    TimeSteps steps_;
    std::size_t parts_;
    std::vector<std::vector<std::uint32_t>> rows_;  ///< of each part, by step
    std::vector<std::uint32_t> slab_;               ///< of each step
    std::vector<std::uint64_t> rows_of_slab_;
    std::vector<std::uint32_t> first_block_;
    std::vector<std::vector<std::uint64_t>> first_place_;  ///< of each part, by slab
};

}  // namespace tessera::query
