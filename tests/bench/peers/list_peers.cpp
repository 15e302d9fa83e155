#include "contestant.hpp"

namespace tessera::bench {

std::vector<Entry> list_peers() {
    std::vector<Entry> peers;
    peers.push_back({"time scan", {Task::nearest_in_an_hour, Task::count, Task::rows}, enter_time_scan});
#ifdef TESSERA_WITH_NANOFLANN
    peers.push_back({"nanoflann", {Task::nearest}, enter_nanoflann});
#endif
#ifdef TESSERA_WITH_CGAL
    peers.push_back({"CGAL", {Task::nearest}, enter_cgal});
#endif
#ifdef TESSERA_WITH_BOOST_GEOMETRY
    peers.push_back({"Boost 2-D", {Task::nearest}, enter_boost_flat});
    peers.push_back({"Boost 3-D", {Task::nearest_in_an_hour, Task::count, Task::rows}, enter_boost_time});
#endif
    return peers;
}

}  // namespace tessera::bench
