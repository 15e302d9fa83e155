#include "tessera/comm/run_local.hpp"

#include "tessera/comm/collectives.hpp"
#include "tessera/core/error.hpp"

namespace tessera::comm {

void agree_on_error(Communicator const& comm, std::string_view stage, std::string const& my_error) {
    int const nobody = comm.size();
    int const failed = allreduce(comm, Reduction::min, my_error.empty() ? nobody : comm.rank());
    if (failed == nobody) return;
    std::string message = my_error;
    broadcast_resized(comm, message, failed);
    std::string where = std::string(stage) + ": ";
    // Which rank it was helps only where it can be another one's disk or memory.
    if (failed != 0) where += "rank " + std::to_string(failed) + ": ";
    throw core::StageError(failed, where + message);
}

}  // namespace tessera::comm
