#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tessera/comm/communicator.hpp"

namespace tessera::harness {

/// Keeps the ranks of a GoogleTest program in step: at the end of each test they meet, a test that failed on one rank
/// fails on all, and the root tells the failures of every rank.
/// A rank that left a test while others wait in it for ever (a collective it did not enter) ends the job and says so.
class RankListener : public testing::EmptyTestEventListener {
  public:
    RankListener(comm::Communicator const& all_ranks, std::chrono::seconds patience);
    void OnTestEnd(testing::TestInfo const& test) override;

  private:
    void wait_for_all_ranks(std::string const& test, std::string const& my_failures) const;

    comm::Communicator ranks_;  // a duplicate: what the harness says never meets what a test says
    std::chrono::seconds patience_;
};

}  // namespace tessera::harness
