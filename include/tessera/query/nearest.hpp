#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "tessera/query/box_tower.hpp"
#include "tessera/query/filter.hpp"
#include "tessera/query/match.hpp"

namespace tessera::query {

/// Which trips are nearest to a point, by the great circle, at the filter's end.
struct NearestQuestion {
    geo::Point at;
    std::size_t k = 10;
    std::optional<double> within_metres;  ///< closed: a trip at exactly this distance counts
    Filter filter;
};

/// Local. The columns that the question must read to find its neighbours.
core::ColumnSet columns_of(NearestQuestion const& question);

/// Local. The tiles that may hold a neighbour, the nearest first (ties by tile); those that the filter or `--within`
/// excludes are left out.
std::vector<TileBound> tiles_by_distance(geo::TileTable const& tiles, NearestQuestion const& question);

/// Answers nearest questions over loaded tiles; it keeps a reference to them and small arrays of its own, made once.
/// Exact: a tile or a row is passed over only where a proved lower bound of its distance exceeds the k-th found.
class NearestIndex {
  public:
    /// Local. Costs some 17 bytes a tile, and no look at the trips.
    NearestIndex(geo::LoadedTiles const& loaded, End on);

    /// Local, OpenMP (only where boxes overlap so much that over 300,000 rows must be seen). The k nearest, in order of
    /// (metres, file, line); fewer where fewer match. Shape: question.filter.on is the end of this index.
    /// `looked`, where given, grows by what was looked at.
    std::vector<Neighbour> find(NearestQuestion const& question, Looked* looked = nullptr) const;

  private:
    geo::LoadedTiles const& loaded_;
    End on_;
    BoxTower tower_;
};

/// Local. The k first of two sorted lists: associative, so that ranks' answers merge in any grouping.
std::vector<Neighbour> merge(std::vector<Neighbour> const& a, std::vector<Neighbour> const& b, std::size_t k);

}  // namespace tessera::query
