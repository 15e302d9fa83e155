#include "tessera/app/launch.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <omp.h>

#include <cstdlib>

#include "tessera/comm/placement.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/last_words.hpp"
#include "tessera/machine/launcher.hpp"

namespace tessera::app {
namespace {

/// Many launches that go wrong end in one rank, or in several that know nothing of each other, which work and work.
void warn_when_alone(comm::Communicator const& comm, Launch const& launch) {
    if (comm.size() > 1 || launch.expect_ranks == 1) return;
    auto const meant = machine::find_meant_launch();
    if (!meant || meant->ranks < 2 || !comm.is_root()) return;
    fmt::print(stderr,
               "tessera: note: runs on one rank, though {} speaks of {}; remedy: {} (--expect-ranks {} makes this "
               "an error, --expect-ranks 1 silences it)\n",
               meant->told_by, meant->ranks, meant->remedy, meant->ranks);
}

/// How to start as many as are expected.
std::string remedy_for(int ranks, int expected) {
    auto const meant = machine::find_meant_launch();
    return meant && meant->ranks > ranks ? meant->remedy : fmt::format("mpirun -n {} tessera ...", expected);
}

}  // namespace

void prepare_launch(comm::Communicator const& comm, Launch const& launch) {
    if (launch.expect_ranks > 0 && launch.expect_ranks != comm.size() && !launch.examines_launch)
        throw core::LaunchError(fmt::format("started on {} rank{} where --expect-ranks says {}; remedy: {}",
                                            comm.size(), comm.size() == 1 ? "" : "s", launch.expect_ranks,
                                            remedy_for(comm.size(), launch.expect_ranks)));
    if (!launch.examines_launch && !launch.fits_one_rank) warn_when_alone(comm, launch);
    // Where the root has died, the next rank tells how far they were.
    int const root = comm::process_of_root(comm);
    if (comm.rank() == 1) core::speak_after(root);
    int const fitting = comm::threads_for_this_rank(comm);
    // OpenMP has read OMP_NUM_THREADS by itself; whoever sets it means it.
    if (launch.threads > 0)
        omp_set_num_threads(launch.threads);
    else if (std::getenv("OMP_NUM_THREADS") == nullptr)
        omp_set_num_threads(fitting);
    // Columns come and go one at a time; each is to go back to the system at once, or the peak of memory would be
    // what all of them took together. (glibc raises this threshold by itself unless it is set.)
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
}

}  // namespace tessera::app
