#pragma once
#include <cstddef>
#include <vector>

#include "tessera/query/filter.hpp"

namespace tessera::query {

/// Asks memory for what will be looked at in a tile, some tiles before it is: a window's rows lie in the middle of a
/// tile, where the processor does not expect them. Keeps references to all.
class FetchAhead {
  public:
    /// So many tiles before.
    static constexpr std::size_t tiles = 8;

    /// Local. `columns`: what will be read of each matching row. Without a window there is nothing to do: rows follow
    /// rows.
    FetchAhead(geo::LoadedTiles const& loaded, Filter const& filter, core::ColumnSet columns);

    /// Local. Asks for the rows of a tile that are about in the window.
    void fetch(std::size_t tile) const;

  private:
    /// A column's values in memory.
    struct Values {
        char const* first;
        std::size_t bytes;  ///< of each
    };
    geo::LoadedTiles const& loaded_;
    Filter const& filter_;
    std::vector<Values> columns_;
};

}  // namespace tessera::query
