#pragma once
#include <string>

#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// MPI from start to end: one per process, made first in `main` and destroyed last.
/// MPI is called from the main thread only, outside parallel regions (MPI_THREAD_FUNNELED).
class Session {
  public:
    Session(int& argc, char**& argv);
    ~Session();
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    /// All ranks of the job.
    Communicator world() const { return world_; }

  private:
    struct Start {
        Start(int& argc, char**& argv);
    };
    Start start_;
    Communicator world_;
};

/// Collective. Ends this process once all ranks are here, without shutting any library down. Does not return.
[[noreturn]] void exit_without_finalizing(Communicator const& comm, int exit_code);

/// Local. Ends all ranks at once, for an error that the ranks could not agree on. Does not return.
[[noreturn]] void abort_all_ranks(int exit_code);

/// Local. The rank that the launcher gave this process, read from its environment before MPI starts; 0 without one.
int rank_by_launcher();

/// Local. How many ranks the launcher starts on this node, by the environment as well; 0 where it does not tell.
int ranks_of_node_by_launcher();

/// Local. What MPI library this is, "Open MPI v4.1.4"; may be asked before MPI starts.
std::string library_name();

}  // namespace tessera::comm
