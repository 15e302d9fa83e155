#pragma once
#include <string>

#include "direct_file.hpp"
#include "tessera/geo/tile.hpp"
#include "tessera/store/header.hpp"

namespace tessera::store {

struct StoreTables {
    StoreHeader header;
    geo::TileTable tiles;
    ColumnOffsets offsets{};
    std::uint64_t files = 0;                ///< in the ledger
    std::uint64_t sums_offset = no_offset;  ///< of the checksums; none in a store of format 1
    FileVersion version;                    ///< taken before the tables were read
};

/// Local. Opens a store on this rank alone, checks that it is one of ours, of a version that we read, whole and as it
/// was written, and that its tables agree with each other, and reads them. Throws core::DataError that says what is
/// wrong and what to do.
StoreTables read_store_tables(std::string const& path);

}  // namespace tessera::store
