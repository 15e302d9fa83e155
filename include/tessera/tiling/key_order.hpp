#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/core/raw_array.hpp"
#include "tessera/core/trip_rows.hpp"
#include "tessera/tiling/sort_tile.hpp"

namespace tessera::tiling {

/// What stands for a row while rows are put in the order of keys: eight bytes are moved about, rather than a trip.
struct KeyedRow {
    std::uint32_t low;  ///< the lower bits of its key
    core::TripRows::Number row;
};

/// Rows in the order of their pick-ups' keys on the Hilbert curve. Rows are put into buckets by the upper bits of those
/// in which keys differ at all, so that only the lower ones need to be kept; buckets are small enough to be sorted in
/// the cache.
class KeyOrder {
  public:
    KeyOrder() = default;
    /// Local, OpenMP. All rows of a table, in order; rows of one key are in any order.
    explicit KeyOrder(core::TripRows const& trips);

    std::size_t size() const { return rows_.size(); }
    std::span<KeyedRow const> rows() const { return {rows_.data(), rows_.size()}; }
    /// Local. The first row at or after `from` whose key is not below `key`; size() where there is none.
    std::size_t find(std::uint64_t key, std::size_t from = 0) const;
    /// Local. Memory for as many rows, which was needed for sorting: fresh memory costs more than sorting in it.
    TimedRows take_spare();

  private:
    std::uint64_t first_key_ = 0;     ///< below which there is none: what all keys begin with
    unsigned key_bits_ = 0;           ///< in which keys differ
    unsigned low_bits_ = 0;           ///< of these the ones that rows keep
    std::vector<std::size_t> first_;  ///< of each bucket, and the end
    core::RawArray<KeyedRow> rows_, spare_;
};

}  // namespace tessera::tiling
