#include "share_round.hpp"

#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "harness/world.hpp"
#include "request/describe.hpp"
#include "request/random_questions.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

using desk::Round;
using harness::world;
using request::testing::describe;
using request::testing::pick;
using request::testing::Random;

std::vector<std::string> texts_of(Round const& round) {
    std::vector<std::string> texts;
    for (request::Question const* const question : round.shared.questions)
        texts.push_back(describe(*question));
    return texts;
}

/// Rounds of many questions and of few, one after the other through the same object: nothing of one is left in the
/// next.
TEST(ShareRound, BringsTheRootsQuestionsToEveryRank) {
    auto const doorbell = comm::hang_doorbell(world());
    Random random(harness::seed());  // the same numbers on every rank
    auto const trips =
        query::testing::stored_trips(query::testing::tile_up(query::testing::make_trips(random, {.trips = 500}), 50));
    Round round;
    for (std::int64_t const count : {3, 500, 0, 1, 40}) {
        std::vector<request::Question> questions;
        std::vector<std::string> wanted;
        std::vector<std::uint8_t> touched;
        for (std::int64_t i = 0; i < count; ++i) {
            questions.push_back(request::testing::make_question(random, trips));
            wanted.push_back(describe(questions.back()));
            for (int rank = 0; rank < world().size(); ++rank)
                touched.push_back(static_cast<std::uint8_t>(pick(random, 0, 1)));
        }
        if (world().is_root()) {
            round.kind = Round::Kind::answer;
            round.shared.questions.clear();
            for (request::Question const& question : questions)
                round.shared.questions.push_back(&question);
            round.shared.touched = touched;
            round.ask_loads = count == 3 || count == 1;
        }
        share_round(world(), doorbell, round);
        EXPECT_EQ(round.kind, Round::Kind::answer);
        EXPECT_EQ(texts_of(round), wanted);
        EXPECT_EQ(round.shared.touched, touched);
        EXPECT_EQ(round.ask_loads, count == 3 || count == 1);
        EXPECT_EQ(round.received.size(), world().is_root() ? 0 : questions.size()) << "rounds must not pile up";
    }
}

TEST(ShareRound, EndsEverywhere) {
    auto const doorbell = comm::hang_doorbell(world());
    Round round;
    round.kind = world().is_root() ? Round::Kind::end : Round::Kind::answer;
    share_round(world(), doorbell, round);
    EXPECT_EQ(round.kind, Round::Kind::end);
    EXPECT_TRUE(round.shared.questions.empty());
}

TEST(ShareRound, TheRootsFailureIsThrownOnEveryRank) {
    auto const doorbell = comm::hang_doorbell(world());
    Round round;
    if (world().is_root()) {
        round.kind = Round::Kind::failed;
        round.error = "the output is closed; start again";
    }
    try {
        share_round(world(), doorbell, round);
        ADD_FAILURE() << "nothing is thrown";
    } catch (core::StageError const& error) {
        EXPECT_STREQ(error.what(), "answering: the output is closed; start again");
        EXPECT_EQ(error.rank(), 0);
    }
    Round next;
    share_round(world(), doorbell, next);
    EXPECT_EQ(next.kind, Round::Kind::end) << "ranks are still in step";
}

}  // namespace
}  // namespace tessera::app
