#pragma once
#include <string>
#include <vector>

namespace tessera::app {

/// A file that a command reads or writes, and the words that name it in a message.
struct NamedFile {
    std::string what;  ///< "--output", "the store", "input"
    std::string path;
};

/// Local. Throws core::DataError where an output is one of the other files, by whatever path, or where its folder is
/// missing or cannot be written: told before any work, not after. What killed runs have left of the outputs is removed,
/// with a note.
void check_outputs(std::vector<NamedFile> const& outputs, std::vector<NamedFile> const& inputs);

}  // namespace tessera::app
