#pragma once
#include <cstdint>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {

/// Rows [first_row, last_row) of a column that are not what was written.
struct Damage {
    core::Column column;
    std::uint64_t first_row;
    std::uint64_t last_row;
};

/// What was looked at, and what was found.
struct Verification {
    std::uint64_t pieces = 0;  ///< that have a checksum for each column
    std::uint64_t bytes = 0;   ///< of columns
    std::vector<Damage> damages;
};

/// Collective. Reads all columns of a store and compares them with their checksums, the ranks and threads each a share;
/// all else was compared when the store was opened. The same on every rank. Throws core::StageError where the store
/// cannot be read, or was written without checksums. Shape: an open store, none that was peeked at.
Verification verify_store(comm::Communicator const& comm, OpenStore const& store);

/// Collective. Throws core::StageError where it found damage.
void require_undamaged(comm::Communicator const& comm, OpenStore const& store, Verification const& found);

}  // namespace tessera::store
