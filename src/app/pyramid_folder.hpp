#pragma once
#include <filesystem>
#include <string>

namespace tessera::app {

// A folder of files that is there as a whole or not at all: it is filled under the name DIR.partial, and renamed. What
// marks it as ours is the file tilejson.json in it.

/// Local. The folder while it is filled.
std::filesystem::path partial_folder(std::filesystem::path const& folder);

/// Local. Throws core::DataError where the folder could not be put in place in the end: something else is there, or a
/// pyramid that must not be overwritten, or the store; or its own folder is missing or cannot be written.
void check_pyramid_place(std::filesystem::path const& folder, bool overwrite, std::filesystem::path const& store);

/// Local. Makes the partial folder, with tilejson.json in it; what a run that was stopped has left is removed first.
void begin_pyramid(std::filesystem::path const& folder, std::string const& tilejson);
/// Local. Gives the folder its name. What was there before is removed.
void put_pyramid_in_place(std::filesystem::path const& folder, bool overwrite);
/// Local. Removes the partial folder, after a failure.
void remove_partial_pyramid(std::filesystem::path const& folder) noexcept;

}  // namespace tessera::app
