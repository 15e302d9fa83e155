#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

#include "harness/rank_listener.hpp"
#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/session.hpp"

namespace {

std::chrono::seconds patience() {
    char const* const given = std::getenv("TESSERA_TEST_PATIENCE");
    return std::chrono::seconds(given ? std::atoi(given) : 40);
}

}  // namespace

int main(int argc, char** argv) {
    tessera::comm::Session session(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    auto const ranks = session.world();
    tessera::harness::set_world(ranks);
    // Shuffled tests must be shuffled alike; GoogleTest would take a seed from each rank's clock.
    if (testing::GTEST_FLAG(random_seed) == 0) testing::GTEST_FLAG(random_seed) = 1;
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    if (!ranks.is_root()) {
        delete listeners.Release(listeners.default_result_printer());
        delete listeners.Release(listeners.default_xml_generator());
    }
    // GoogleTest ends a test with its last listener first, so that the printer sees the other ranks' failures too.
    auto* const in_step = new tessera::harness::RankListener(ranks, patience());
    listeners.Append(in_step);
    int const local_result = RUN_ALL_TESTS();
    // What failed outside a test (an environment, a suite's set-up) is not yet agreed.
    int const global_result = tessera::comm::allreduce(ranks, tessera::comm::Reduction::max, local_result);
    delete listeners.Release(in_step);  // it frees a communicator: before MPI ends
    return global_result;
}
