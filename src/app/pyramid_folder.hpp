#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "tessera/core/last_words.hpp"

namespace tessera::app {

// A folder of files that is there as a whole or not at all: it is filled under the name DIR.partial, and renamed. What
// marks it as ours is the file tilejson.json in it.

/// Local. The folder while it is filled.
std::filesystem::path partial_folder(std::filesystem::path const& folder);

/// Local. Throws core::DataError where the folder could not be put in place in the end: something else is there, or a
/// pyramid that must not be overwritten, or the store; or its own folder is missing or cannot be written.
void check_pyramid_place(std::filesystem::path const& folder, bool overwrite, std::filesystem::path const& store);

/// The partial folder, which one process has claimed until it has its final name; else it goes away with the claim.
class PartialPyramid {
  public:
    /// Local. Makes it, with tilejson.json in it; what a run that was killed has left is removed first, with a note.
    /// Throws core::DataError, also where another process writes there.
    PartialPyramid(std::filesystem::path const& folder, std::string const& tilejson);
    ~PartialPyramid();
    PartialPyramid(PartialPyramid const&) = delete;
    PartialPyramid& operator=(PartialPyramid const&) = delete;

    /// Local. Gives the folder its name. What was there before is removed.
    void put_in_place(bool overwrite);

  private:
    void claim();

    std::filesystem::path folder_, partial_;
    int descriptor_ = -1;
    std::optional<core::Unfinished> unfinished_;
};

}  // namespace tessera::app
