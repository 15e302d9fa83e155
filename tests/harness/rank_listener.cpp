#include "harness/rank_listener.hpp"

#include <mpi.h>

#include <cstdio>
#include <span>
#include <thread>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/session.hpp"

namespace tessera::harness {
namespace {

comm::Communicator duplicate(comm::Communicator const& original) {
    MPI_Comm copy = MPI_COMM_NULL;
    comm::check(MPI_Comm_dup(original.handle(), &copy), "MPI_Comm_dup");
    return {copy, comm::Communicator::Ownership::free};
}

std::string failures_of(testing::TestResult const& result) {
    std::string text;
    for (int i = 0; i < result.total_part_count(); ++i) {
        testing::TestPartResult const& part = result.GetTestPartResult(i);
        if (!part.failed()) continue;
        char const* const file = part.file_name() ? part.file_name() : "unknown file";
        text += std::string(file) + ":" + std::to_string(part.line_number()) + ": " + part.message() + "\n";
    }
    return text;
}

}  // namespace

RankListener::RankListener(comm::Communicator const& all_ranks, std::chrono::seconds patience)
    : ranks_(duplicate(all_ranks)), patience_(patience) {}

void RankListener::OnTestEnd(testing::TestInfo const& test) {
    std::string const mine = failures_of(*test.result());
    wait_for_all_ranks(std::string(test.test_suite_name()) + "." + test.name(), mine);
    // Everybody needs to know who failed, only the root what was said.
    auto const texts = comm::gather_to_root(ranks_, std::span<char const>(mine));
    std::string const of_size = " of " + std::to_string(ranks_.size());
    std::uint8_t const failed = mine.empty() ? 0 : 1;
    auto const who = comm::allgather(ranks_, failed);
    for (std::size_t rank = 0; rank < who.size(); ++rank) {
        if (who[rank] == 0) continue;
        std::string said = "(as said above)";
        if (ranks_.is_root() && rank != 0) said.assign(texts[rank].begin(), texts[rank].end());
        ADD_FAILURE() << "failed on rank " << rank << of_size << ":\n" << said;
    }
}

void RankListener::wait_for_all_ranks(std::string const& test, std::string const& my_failures) const {
    MPI_Request request = MPI_REQUEST_NULL;
    comm::check(MPI_Ibarrier(ranks_.handle(), &request), "MPI_Ibarrier");
    auto const end = std::chrono::steady_clock::now() + patience_;
    for (int done = 0; done == 0;) {
        comm::check(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "MPI_Test");
        if (done == 0 && std::chrono::steady_clock::now() > end) {
            std::fprintf(stderr,
                         "rank %d has left %s, but after %lld s other ranks are still in it: they wait in a collective "
                         "that this rank did not enter. Its failures:\n%s\n",
                         ranks_.rank(), test.c_str(), static_cast<long long>(patience_.count()), my_failures.c_str());
            std::fflush(stderr);
            comm::abort_all_ranks(1);
        }
        std::this_thread::yield();
    }
}

}  // namespace tessera::harness
