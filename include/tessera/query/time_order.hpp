#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/filter.hpp"

namespace tessera::query {

/// What decides between trips that were picked up in the same second.
enum class Ties : std::uint8_t {
    by_row,           ///< nothing that means anything: enough to count
    by_file_and_line  ///< the order of every answer
};

/// Rows of `LoadedTiles::trips` by pick-up time.
using TimeOrder = std::vector<std::uint32_t>;

/// Local. The columns that one must read to put matching trips in order.
core::ColumnSet columns_of(Filter const& filter, Ties ties);

/// Local, OpenMP. The rows that match, in order. Throws core::DataError for 2^32 rows or more.
TimeOrder order_by_time(geo::LoadedTiles const& loaded, Filter const& filter, Ties ties);

}  // namespace tessera::query
