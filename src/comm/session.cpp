#include "tessera/comm/session.hpp"

#include <cstdlib>
#include <exception>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"

namespace tessera::comm {
namespace {

/// This rank's number in the launcher's words; nullptr where nobody launched it.
char const* launcher_rank() {
    for (char const* const name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
        if (char const* const value = std::getenv(name)) return value;
    return nullptr;
}

/// Without mpirun Open MPI starts a daemon beside the rank, which would only serve to start more ranks. It holds
/// standard output open, and was seen to hang in PMIx 4.2.2's clean-up when the rank had ended: then whoever reads the
/// output waits for ever. Without it all such ranks have the same name, and must not have a folder of that name. (To
/// write a file, Open MPI needs that folder, or it leaves a lock beside the file when writing fails.)
void start_without_daemon() {
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 1);
    setenv("OMPI_MCA_orte_create_session_dirs", "0", 1);
}

/// Within a node Open MPI sends 4 KiB at once; more takes turns between the two ranks, and whoever waits asleep misses
/// its turn: an answer of a hundred rides came 5 ms late. Answers of some 300 rides are sent at once this way. Whoever
/// says otherwise to mpirun is heard.
void send_answers_at_once() {
    setenv("OMPI_MCA_btl_vader_eager_limit", "32768", 0);
}

}  // namespace

Session::Start::Start(int& argc, char**& argv, Daemon daemon) {
    // Collective file access, each rank its own part. Open MPI 4.1.4's other ways gather the parts of several ranks on
    // one: reading many pieces they return zeros for some of them at 3 ranks and more, and writing they hang for ever
    // when that one finds the disk full. Our parts are large, so that gathering them would gain nothing. Not left to
    // the user.
    setenv("OMPI_MCA_fcoll", "individual", 1);
    send_answers_at_once();
    if (launcher_rank() == nullptr && daemon == Daemon::as_needed) start_without_daemon();
    int provided = 0;
    check(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
    if (provided < MPI_THREAD_FUNNELED) throw MpiError("this MPI library does not allow threads beside MPI");
}

Session::Session(int& argc, char**& argv, Daemon daemon)
    : start_(argc, argv, daemon), world_(MPI_COMM_WORLD, Communicator::Ownership::keep) {}

Session::~Session() {
    // A rank that leaves by an exception of its own must not wait here for the others: they wait elsewhere.
    if (std::uncaught_exceptions() > 0) abort_all_ranks(1);
    try {
        check_same_collective(world_, "end of session");
        MPI_Finalize();
    } catch (std::exception const&) {
        abort_all_ranks(1);
    }
}

void exit_without_finalizing(Communicator const& comm, int exit_code) {
    check_same_collective(comm, "exit_without_finalizing");
    MPI_Barrier(comm.handle());
    std::_Exit(exit_code);
}

void abort_all_ranks(int exit_code) {
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::abort();
}

int rank_by_launcher() {
    char const* const rank = launcher_rank();
    return rank == nullptr ? 0 : std::atoi(rank);
}

std::string library_name() {
    char text[MPI_MAX_LIBRARY_VERSION_STRING] = "";
    int length = 0;
    check(MPI_Get_library_version(text, &length), "MPI_Get_library_version");
    std::string const name = text;
    return name.substr(0, name.find_first_of(",\n"));  // what follows is who built it, and when
}

}  // namespace tessera::comm
