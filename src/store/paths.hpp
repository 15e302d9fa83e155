#pragma once
#include <optional>
#include <string>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/last_words.hpp"

namespace tessera::store {

/// Collective. Throws core::StageError on every rank unless each sees the file as the root does. What follows is opened
/// by all together, and would wait for ever for a rank on a host that lacks the file.
void require_seen_by_all(comm::Communicator const& comm, std::string const& path);

/// The claim of one process to a partial file, from before it is written until it has its final name. Closing the file,
/// however the process ends, gives the claim up. Unless it has got its final name, the file goes away with the claim,
/// and with a process that is told to end.
class PartialClaim {
  public:
    /// Local. Creates the partial file if need be. Throws core::DataError where another process has claimed it.
    explicit PartialClaim(std::string const& path);
    ~PartialClaim();
    PartialClaim(PartialClaim const&) = delete;
    PartialClaim& operator=(PartialClaim const&) = delete;

    /// Local. Brings the written and closed file to the disk and under its final name. Throws core::DataError.
    void put_in_place(bool overwrite);

  private:
    std::string path_;  ///< the final name
    int descriptor_ = -1;
    std::optional<core::Unfinished> unfinished_;
};

/// Local. The name a store has until it is whole.
std::string partial_path(std::string const& path);

/// Local. Throws core::DataError where a store could not be put at the path.
void check_place(std::string const& path, bool overwrite);

/// Local. Has the file system set aside the room of a file that is still to be filled, where it can: a full disk is
/// then met here, by one rank, and not in the middle of what all do together. Throws core::DataError.
void reserve_room(std::string const& path);

}  // namespace tessera::store
