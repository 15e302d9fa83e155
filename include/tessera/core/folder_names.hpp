#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace tessera::core {

/// Local. Names of all that is in a folder, but "." and "..", in no order. Throws std::system_error. Not by
/// std::filesystem's iterator: libstdc++ 12 ends the process where memory runs out in it.
std::vector<std::string> names_in(std::filesystem::path const& folder);

}  // namespace tessera::core
