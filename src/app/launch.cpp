#include "tessera/app/launch.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <omp.h>

#include <cstdlib>

#include "tessera/comm/placement.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {

void prepare_launch(comm::Communicator const& comm, Launch const& launch) {
    if (launch.expect_ranks > 0 && launch.expect_ranks != comm.size())
        throw core::LaunchError(
            fmt::format("started on {} rank{} where --expect-ranks says {}; start it as: mpirun -n {} tessera ...",
                        comm.size(), comm.size() == 1 ? "" : "s", launch.expect_ranks, launch.expect_ranks));
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
