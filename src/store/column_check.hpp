#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checksum.hpp"
#include "open_file.hpp"
#include "pieces.hpp"
#include "read_plan.hpp"
#include "tessera/store/verify_store.hpp"

namespace tessera::store {

/// The checksums that a store keeps of some pieces that follow each other.
struct PieceSums {
    PieceStarts starts;           ///< of these pieces
    std::vector<Checksums> sums;  ///< of each
};

/// Local. The sums of the pieces that [rows.first, rows.last) lie in; none of no rows, or where the store has none.
/// Throws core::DataError.
PieceSums read_sums(OpenStore::File const& file, RowRange rows);
/// Local. Those of all that will be read.
PieceSums read_sums(OpenStore::File const& file, ReadPlan const& plan);

/// Compares the values of one column, as they are read, with what was written: piece by piece, while they are in the
/// cache.
class ColumnCheck {
  public:
    ColumnCheck(PieceSums const& kept, core::Column column) : kept_(kept), column_(column) {}

    /// Local. The next values: rows from `first_row` on. Where they do not follow the last ones, they begin a piece.
    void add(std::uint64_t first_row, void const* values, std::size_t rows, std::size_t bytes_a_row);

    /// The damaged pieces among those that came whole.
    std::vector<Damage> const& damages() const { return damages_; }

  private:
    PieceSums const& kept_;
    core::Column column_;
    std::size_t piece_ = 0;
    std::uint64_t next_row_ = 0;
    std::uint32_t crc_ = 0;
    std::vector<Damage> damages_;
};

/// Local. One list of all columns' damages.
std::vector<Damage> join_damages(std::span<std::vector<Damage> const> damages);

/// Local. Throws core::DataError where there is damage.
void require_undamaged(std::string const& path, std::span<Damage const> damages);

}  // namespace tessera::store
