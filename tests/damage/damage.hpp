#pragma once
#include <cstdint>
#include <string>

namespace tessera::damage {

/// What chance makes of a file.
struct Damaged {
    std::string kind;   ///< "flipped bit", "zeroed block", ...
    std::string where;  ///< for people
    std::string bytes;
};

/// Local. The file `good` as chance changes it; the same seed does the same. About half of the changes are in the first
/// and last tenths, where descriptions and tables are, if the file is a store; the rest anywhere.
Damaged damage(std::string const& good, std::uint64_t seed);

}  // namespace tessera::damage
