#pragma once
#include "tessera/comm/session.hpp"

namespace tessera::comm {

/// Local. This rank's number in the launcher's words; nullptr where nobody launched it.
char const* launcher_rank();

/// Local. Tells Open MPI, before it starts, what to do otherwise than by default. It reads its settings from the
/// environment.
void set_before_start();

/// Local. To be called once MPI has started: what this process sends to its launcher leaves at once. PMIx writes the
/// few words of MPI_Finalize one by one, and TCP would hold all but the first back until that is acknowledged, 40 ms
/// later.
void hold_nothing_back_from_launcher();

}  // namespace tessera::comm
