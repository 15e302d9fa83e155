#pragma once
#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// Collective. What the debug preset does before each collective: the ranks compare the names of what they are about
/// to enter, and where these differ every rank throws std::logic_error that says which rank is where, instead of
/// waiting for ever.
void compare_collectives(Communicator const& comm, char const* name);

/// Collective. `compare_collectives` where TESSERA_CHECK_COLLECTIVES is on, nothing otherwise.
inline void check_same_collective([[maybe_unused]] Communicator const& comm, [[maybe_unused]] char const* name) {
#ifdef TESSERA_CHECK_COLLECTIVES
    compare_collectives(comm, name);
#endif
}

/// Collective. What every collective that passes values on does first: it is counted, and compared.
inline void enter(Communicator const& comm, CollectiveKind kind) {
    comm.count_call(kind);
    check_same_collective(comm, name_of(kind));
}

}  // namespace tessera::comm
