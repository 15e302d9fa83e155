#pragma once
#include <filesystem>
#include <vector>

#include "architecture/source_file.hpp"

// One function a rule, or a few that look at the same thing; each gives its faults.
namespace tessera::architecture {

using Files = std::vector<SourceFile>;

/// Includes that point up or sideways against the table, or at a file by a path; includes that go round in a ring.
std::vector<Fault> check_includes(Files const& files);
/// Sources that do not include the header of their name first, and such headers without "#pragma once": what compiles
/// them is then proof that the header compiles alone (see CMakeLists.txt).
std::vector<Fault> check_own_headers(Files const& files);
/// MPI, HDF5, Boost.Program_options and OpenMP outside their floors.
std::vector<Fault> check_libraries(Files const& files);
/// CMake targets that a floor links against the table.
std::vector<Fault> check_links(std::filesystem::path const& root);
/// Files that are too long or whose name says nothing.
std::vector<Fault> check_shapes(Files const& files);
/// "Local." or "Collective." on each function of a header, and the communicator first if and only if collective.
std::vector<Fault> check_collectives(Files const& files);

/// All of them.
std::vector<Fault> check_house(std::filesystem::path const& root);

}  // namespace tessera::architecture
