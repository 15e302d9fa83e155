#include "tessera/comm/collective_check.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "tessera/comm/check.hpp"

namespace tessera::comm {

void compare_collectives(Communicator const& comm, char const* name) {
    // The names themselves, not a hash of them: one small allgather either way, and no second call to tell them.
    constexpr std::size_t width = 48;
    std::array<char, width> mine{};
    std::strncpy(mine.data(), name, width - 1);
    std::vector<char> all(width * static_cast<std::size_t>(comm.size()));
    check(MPI_Allgather(mine.data(), static_cast<int>(width), MPI_CHAR, all.data(), static_cast<int>(width), MPI_CHAR,
                        comm.handle()),
          "MPI_Allgather");
    auto const name_at = [&](int rank) { return std::string(all.data() + width * static_cast<std::size_t>(rank)); };
    bool same = true;
    std::string report = "ranks entered different collectives:";
    for (int rank = 0; rank < comm.size(); ++rank) {
        same = same && name_at(rank) == name_at(0);
        report += " rank " + std::to_string(rank) + " " + name_at(rank) + (rank + 1 < comm.size() ? "," : "");
    }
    if (!same) throw std::logic_error(report);
}

}  // namespace tessera::comm
