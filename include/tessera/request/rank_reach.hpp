#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tessera/geo/tile.hpp"
#include "tessera/query/box_tower.hpp"
#include "tessera/request/request.hpp"

namespace tessera::request {

/// Which ranks a question can touch, as the tile table tells. Keeps a reference to the table.
class RankReach {
  public:
    /// Local. Rank r owns the tiles [cuts[r], cuts[r + 1]).
    RankReach(geo::TileTable const& tiles, std::vector<std::size_t> const& cuts);

    /// Local. For each rank, 1 where it owns a tile that may hold an answer, else 0; a single rank is always asked.
    std::vector<std::uint8_t> of(Question const& question) const;
    /// Local. A haversine beyond which no neighbour is, as far as the tile table tells; infinity where it tells
    /// nothing.
    double ceiling_of(query::NearestQuestion const& question) const;

  private:
    /// A rank's run of tiles.
    struct Run {
        std::size_t first;
        std::size_t last;
        query::BoxTower pickups;
        query::BoxTower dropoffs;
        core::WallTime first_time;
        core::WallTime last_time;
    };
    query::BoxTower const& tower_of(Run const& run, query::End on) const;
    bool may_match(Run const& run, query::Filter const& filter) const;
    bool may_have_end(Run const& run, query::Filter const& filter) const;
    bool may_hold_neighbour(Run const& run, query::NearestQuestion const& question, double ceiling) const;
    bool counts_all(query::NearestQuestion const& question) const;

    geo::TileTable const& tiles_;
    std::vector<Run> runs_;
    query::BoxTower pickups_;  ///< of all tiles
    core::WallTime first_time_;
    core::WallTime last_time_;
};

}  // namespace tessera::request
