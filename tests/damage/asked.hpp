#pragma once
#include <string>
#include <vector>

#include "tessera/comm/communicator.hpp"

namespace tessera::damage {

/// What became of a command.
struct Asked {
    std::string answer;  ///< on standard output
    std::string error;   ///< empty where it was done
    bool operator==(Asked const&) const = default;
};

/// Local. Runs a command of the program in this process, as `main` does, standard output and standard error going to
/// files. `words` is its command line.
Asked ask(comm::Communicator const& comm, std::vector<std::string> const& words);

}  // namespace tessera::damage
