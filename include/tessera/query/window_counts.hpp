#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "tessera/core/codes.hpp"
#include "tessera/query/time_order.hpp"
#include "tessera/query/window_grid.hpp"

namespace tessera::query {

/// A tile of the store, and how many trips of a window start in it.
struct TileTrips {
    std::uint64_t trips;
    std::uint64_t key;    ///< as in geo::TileTable
    std::uint64_t level;  ///< likewise

    /// The busiest first; ties by the order of tiles.
    friend bool operator<(TileTrips const& a, TileTrips const& b) {
        return a.trips != b.trips ? a.trips > b.trips : a.key < b.key;
    }
    friend bool operator==(TileTrips const&, TileTrips const&) = default;
};
inline constexpr std::size_t most_busiest_tiles = 10;

/// What happened in a window. Associative: merging the counts of parts gives those of the whole.
struct WindowCounts {
    std::uint64_t trips = 0;
    std::array<std::uint64_t, core::all_sources.size()> of_source{};  ///< as core::all_sources
    std::uint64_t known_fares = 0;
    std::int64_t fare_cents = 0;     ///< sum of the known
    std::vector<TileTrips> busiest;  ///< at most most_busiest_tiles, in order

    friend bool operator==(WindowCounts const&, WindowCounts const&) = default;
};

/// Local. The columns that counting reads, beside those of a time order.
core::ColumnSet columns_of_window_counts();

/// Local. The counts of both. Shape: no tile has trips in both, as where each tile belongs to one rank.
WindowCounts merge(WindowCounts a, WindowCounts const& b);

/// Counts windows of trips that are in order of time; it keeps references to them, and 4 bytes a trip of its own.
class WindowCounter {
  public:
    /// Local.
    WindowCounter(geo::LoadedTiles const& loaded, TimeOrder const& order);

    /// Local, OpenMP. The counts of windows first, ..., first + windows - 1. Throws core::DataError for a source that
    /// is none.
    std::vector<WindowCounts> count(WindowGrid const& grid, std::uint64_t first, std::uint64_t windows) const;

    /// Local. Places in the order of the trips of these windows.
    RowRange places(WindowGrid const& grid, std::uint64_t first, std::uint64_t windows) const;

  private:
    geo::LoadedTiles const& loaded_;
    TimeOrder const& order_;
    std::vector<std::uint32_t> tile_of_place_;
};

}  // namespace tessera::query
