#pragma once
#include <string>

namespace tessera::store {

/// Local. The name a store has until it is whole.
std::string partial_path(std::string const& path);

/// Local. Throws core::DataError where a store could not be put at the path.
void check_place(std::string const& path, bool overwrite);

/// Local. Has the file system set aside the room of a file that is still to be filled, where it can: a full disk is
/// then met here, by one rank, and not in the middle of what all do together. Throws core::DataError.
void reserve_room(std::string const& path);

/// Local. Brings a written and closed partial file to the disk and under its final name. Throws core::DataError.
void put_in_place(std::string const& path);

/// Local. Removes the partial file if it is there; never throws.
void remove_partial(std::string const& path) noexcept;

}  // namespace tessera::store
