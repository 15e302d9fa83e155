#include "tessera/comm/run_local.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/core/error.hpp"

namespace tessera::comm {
namespace {

using harness::world;

struct Outcome {
    int rank;
    std::string message;
};

/// What every rank throws when some ranks' work fails; and that all throw the same.
template <class Work>
Outcome outcome_of(Work&& work) {
    Outcome outcome{-1, "nothing was thrown"};
    try {
        run_local(world(), "stage", work);
    } catch (core::StageError const& error) {
        outcome = {error.rank(), error.what()};
    }
    Outcome of_root = outcome;
    broadcast(world(), std::span(&of_root.rank, 1));
    broadcast_resized(world(), of_root.message);
    EXPECT_EQ(outcome.rank, of_root.rank);
    EXPECT_EQ(outcome.message, of_root.message);
    return outcome;
}

std::string said_by(int rank, std::string const& message) {
    return rank == 0 ? "stage: " + message : "stage: rank " + std::to_string(rank) + ": " + message;
}

TEST(RunLocal, OneRanksFailureIsEverybodys) {
    for (int bad = 0; bad < world().size(); ++bad) {
        auto const outcome = outcome_of([&] {
            if (world().rank() == bad) throw core::DataError("no such file as " + std::to_string(bad));
        });
        EXPECT_EQ(outcome.rank, bad);
        EXPECT_EQ(outcome.message, said_by(bad, "no such file as " + std::to_string(bad)));
    }
}

TEST(RunLocal, OfSeveralFailuresTheLowestRanksIsTold) {
    for (int first_bad = 0; first_bad < world().size(); ++first_bad) {
        auto const outcome = outcome_of([&] {
            // lengths differ, so that a message cut or padded to another rank's shows
            std::string const padding(static_cast<std::size_t>(100 * (world().size() - world().rank())), '.');
            if (world().rank() >= first_bad) throw std::runtime_error(padding + std::to_string(world().rank()));
        });
        std::string const padding(static_cast<std::size_t>(100 * (world().size() - first_bad)), '.');
        EXPECT_EQ(outcome.rank, first_bad);
        EXPECT_EQ(outcome.message, said_by(first_bad, padding + std::to_string(first_bad)));
    }
}

TEST(RunLocal, WithoutAFailureNothingIsThrownAndAllWork) {
    int done = 0;
    EXPECT_NO_THROW(run_local(world(), "stage", [&] { ++done; }));
    EXPECT_EQ(done, 1);
}

TEST(RunLocal, GivesEachRankItsOwnResult) {
    EXPECT_EQ(run_local(world(), "stage", [] { return 10 * world().rank(); }), 10 * world().rank());
    auto const list = run_local(world(), "stage", [] { return std::vector<int>(3, world().rank()); });
    EXPECT_EQ(list, std::vector<int>(3, world().rank()));
    auto const owner = run_local(world(), "stage", [] { return std::make_unique<int>(world().rank()); });
    EXPECT_EQ(*owner, world().rank());
}

TEST(RunLocal, WorkWithAResultFailsTheSameWay) {
    int const bad = world().size() - 1;
    EXPECT_THROW(run_local(world(), "stage",
                           [&]() -> int {
                               if (world().rank() == bad) throw std::runtime_error("broken");
                               return 1;
                           }),
                 core::StageError);
}

TEST(RunLocal, KnowsEveryKindOfException) {
    EXPECT_EQ(outcome_of([] { throw std::bad_alloc(); }).message, said_by(0, std::bad_alloc().what()));
    EXPECT_EQ(outcome_of([] { throw core::UsageError("wrong"); }).message, said_by(0, "wrong"));
    EXPECT_EQ(outcome_of([] { throw 42; }).message, said_by(0, "an unknown error"));
    EXPECT_EQ(outcome_of([] { throw std::runtime_error(""); }).message, said_by(0, "an error without a message"));
    // each rank another kind
    int const last = world().size() - 1;
    auto const mixed = outcome_of([&] {
        if (world().rank() == last) throw std::out_of_range("the last");
        if (world().rank() == last - 1) throw 42;
    });
    EXPECT_EQ(mixed.rank, std::max(0, last - 1));
    EXPECT_EQ(mixed.message, last == 0 ? said_by(0, "the last") : said_by(last - 1, "an unknown error"));
}

TEST(RunLocal, AfterAFailureTheRanksAreInStep) {
    for (int round = 0; round < 10; ++round) {
        int const bad = round % world().size();
        EXPECT_EQ(outcome_of([&] {
                      if (world().rank() == bad) throw std::runtime_error("round");
                  }).rank,
                  bad);
        EXPECT_EQ(allreduce(world(), Reduction::sum, 1), world().size());
    }
}

TEST(RunOnRoot, OnlyTheRootWorks) {
    int done = 0;
    run_on_root(world(), "stage", [&] { ++done; });
    EXPECT_EQ(done, world().is_root() ? 1 : 0);
    EXPECT_EQ(run_on_root(world(), "stage", [] { return 7; }), world().is_root() ? 7 : 0);
}

TEST(RunOnRoot, TheRootsFailureIsEverybodys) {
    try {
        run_on_root(world(), "open", []() -> int { throw std::runtime_error("no such file"); });
        ADD_FAILURE() << "nothing was thrown";
    } catch (core::StageError const& error) {
        EXPECT_EQ(error.rank(), 0);
        EXPECT_STREQ(error.what(), "open: no such file");
    }
}

TEST(AgreeOnError, TellsALongMessageWhole) {
    std::string const text(100'000, 'm');
    try {
        agree_on_error(world(), "stage", world().rank() == world().size() - 1 ? text : "");
        ADD_FAILURE() << "nothing was thrown";
    } catch (core::StageError const& error) {
        EXPECT_EQ(error.what(), said_by(world().size() - 1, text));
    }
}

}  // namespace
}  // namespace tessera::comm
