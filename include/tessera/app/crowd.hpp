#pragma once
#include <string>
#include <vector>

namespace tessera::app {

/// Local. Whether the threads of all ranks of this node are certain to be more than its cores, by the launcher's and
/// OpenMP's environment and by the command line. A service has one thread more, and by default takes all cores.
bool is_crowded(std::vector<std::string> const& arguments, int ranks_of_node, int cores_of_node);

/// Local. Where it is crowded, starts this program again in the same process, with OpenMP's threads told to sleep while
/// they wait; its library reads that before `main` begins. To be called before anything is started.
void restart_when_crowded(char** argv, std::vector<std::string> const& arguments);

}  // namespace tessera::app
