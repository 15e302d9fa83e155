#include <gtest/gtest.h>
#include <mpi.h>

#include <chrono>
#include <vector>

#include "harness/world.hpp"
#include "tessera/comm/check.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::comm {
namespace {

using harness::world;

/// Sent at once, a message has left before its receiver asks for it. Otherwise it waits for that, here for ever.
TEST(AtOnce, AnAnswerOfManyRidesLeavesBeforeItIsFetched) {
    constexpr int tag = 77, size = 30'000;
    constexpr std::chrono::seconds patience{10};  // whoever waits in vain gives up then
    std::vector<char> bytes(size, 'x');
    MPI_Request request = MPI_REQUEST_NULL;
    if (!world().is_root()) {
        check(MPI_Isend(bytes.data(), size, MPI_CHAR, 0, tag, world().handle(), &request), "MPI_Isend");
        int left = 0;
        for (auto const start = std::chrono::steady_clock::now();
             left == 0 && std::chrono::steady_clock::now() - start < patience;)
            check(MPI_Test(&request, &left, MPI_STATUS_IGNORE), "MPI_Test");
        EXPECT_NE(left, 0);
    }
    barrier(world());
    if (world().is_root())
        for (int rank = 1; rank < world().size(); ++rank)
            check(MPI_Recv(bytes.data(), size, MPI_CHAR, rank, tag, world().handle(), MPI_STATUS_IGNORE), "MPI_Recv");
    check(MPI_Wait(&request, MPI_STATUS_IGNORE), "MPI_Wait");
}

}  // namespace
}  // namespace tessera::comm
