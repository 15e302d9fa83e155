#include "tessera/comm/session.hpp"

#include <cstdlib>
#include <exception>

#include "keep_loaded.hpp"
#include "start_settings.hpp"
#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"

namespace tessera::comm {

Session::Start::Start(int& argc, char**& argv) {
    set_before_start();
    int provided = 0;
    check(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
    if (provided < MPI_THREAD_FUNNELED) throw MpiError("this MPI library does not allow threads beside MPI");
    hold_nothing_back_from_launcher();
}

Session::Session(int& argc, char**& argv) : start_(argc, argv), world_(MPI_COMM_WORLD, Communicator::Ownership::keep) {}

Session::~Session() {
    // A rank that leaves by an exception of its own must not wait here for the others: they wait elsewhere.
    if (std::uncaught_exceptions() > 0) abort_all_ranks(1);
    try {
        check_same_collective(world_, "end of session");
        keep_libraries_loaded();
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
