#include "harness/world.hpp"

#include <optional>
#include <stdexcept>

namespace tessera::harness {
namespace {
std::optional<comm::Communicator> all;
}

comm::Communicator const& world() {
    if (!all) throw std::logic_error("no MPI session: give tessera_add_test its RANKS");
    return *all;
}

void set_world(comm::Communicator const& all_ranks) {
    all = all_ranks;
}

}  // namespace tessera::harness
