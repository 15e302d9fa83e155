#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tessera::tiling {

/// The tiles that hold trips, in the order of the curve.
struct TilePlan {
    std::vector<std::uint64_t> key;    ///< first deepest-level key of the tile; ascending
    std::vector<std::uint8_t> level;   ///< of the tile
    std::vector<std::uint64_t> trips;  ///< in the tile, at least 1
    std::size_t size() const { return key.size(); }
};

/// Grows the quadtree from the whole globe down: a pure function of counts, which may come from one rank or from the
/// sum over all. A cell is split while it holds more than `tile_trips` trips; a cell of the deepest level is never
/// split. Each step looks several levels down at once. Usage: while not done, count the trips in each of the
/// `counters()` descendants, the open cells' one after the other in the order of the curve, and `grow`.
class PlanGrower {
  public:
    /// The edges of so many boxes, fewer than 2^31, go around in one call of MPI; the table then has 30 GB.
    static constexpr std::size_t most_tiles = (std::size_t{1} << 29) - 1;

    explicit PlanGrower(std::uint64_t tile_trips, std::size_t at_most = most_tiles);

    bool done() const { return open_.empty(); }
    /// Levels that the present step looks down, 1 to 3.
    unsigned depth() const { return depth_; }
    /// Level of the descendants that are to be counted.
    unsigned level() const { return level_ + depth_; }
    std::size_t counters() const { return open_.size() << (2 * depth_); }
    /// Prefixes of the cells whose descendants are to be counted, ascending.
    std::span<std::uint64_t const> open() const { return open_; }
    /// Takes the counts. Shape: counters(). Throws core::DataError for more than most_tiles tiles.
    void grow(std::span<std::uint64_t const> counts);

    /// The tiles in order.
    TilePlan finish() const;

  private:
    void descend(std::span<std::uint64_t const> counts, std::uint64_t prefix, unsigned below,
                 std::vector<std::uint64_t>& open);
    void set_depth();

    std::uint64_t tile_trips_;
    std::size_t most_tiles_;
    unsigned level_ = 0;
    unsigned depth_ = 1;
    std::vector<std::uint64_t> open_;  ///< prefixes at level_
    TilePlan found_;
};

}  // namespace tessera::tiling
