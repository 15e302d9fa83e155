#include "tessera/desk/round.hpp"

#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "request/describe.hpp"
#include "request/random_questions.hpp"

namespace tessera::desk {
namespace {

using request::testing::describe;
using request::testing::pick;
using request::testing::Random;

std::vector<std::string> texts_of(Round const& round) {
    std::vector<std::string> texts;
    for (request::Question const* const question : round.shared.questions)
        texts.push_back(describe(*question));
    return texts;
}

query::LiveQuestion make_live(Random& random) {
    query::LiveQuestion live;
    live.grid = {{static_cast<std::uint32_t>(pick(random, 1, 1'000'000))}, 60, 100};
    live.first = static_cast<std::uint64_t>(pick(random, 0, 50));
    live.windows = static_cast<std::uint32_t>(pick(random, 1, 50));
    live.points = static_cast<std::uint32_t>(pick(random, 0, 9));
    return live;
}

/// Rounds of many questions and of few, one after the other into the same object: nothing of one is left in the next.
TEST(PackRound, BringsAllOfIt) {
    Random random(harness::seed());
    auto const trips =
        query::testing::stored_trips(query::testing::tile_up(query::testing::make_trips(random, {.trips = 500}), 50));
    Round received;
    for (std::int64_t const count : {3, 500, 0, 1, 40}) {
        std::vector<request::Question> questions;
        for (std::int64_t i = 0; i < count; ++i)
            questions.push_back(request::testing::make_question(random, trips));
        Round round;
        round.kind = Round::Kind::answer;
        for (request::Question const& question : questions) {
            round.shared.questions.push_back(&question);
            round.shared.touched.push_back(static_cast<std::uint8_t>(pick(random, 0, 1)));
        }
        for (std::int64_t i = 0; i < count % 7; ++i)
            round.live.push_back(make_live(random));
        unpack_round(pack_round(round), received);
        EXPECT_EQ(received.kind, Round::Kind::answer);
        EXPECT_EQ(received.error, "");
        EXPECT_EQ(texts_of(received), texts_of(round));
        EXPECT_EQ(received.shared.touched, round.shared.touched);
        EXPECT_EQ(received.received.size(), questions.size()) << "rounds must not pile up";
        ASSERT_EQ(received.live.size(), round.live.size());
        for (std::size_t i = 0; i < round.live.size(); ++i) {
            EXPECT_EQ(received.live[i].grid.start, round.live[i].grid.start);
            EXPECT_EQ(received.live[i].first, round.live[i].first);
            EXPECT_EQ(received.live[i].windows, round.live[i].windows);
            EXPECT_EQ(received.live[i].points, round.live[i].points);
        }
        EXPECT_EQ(received.is_empty(), count == 0);
    }
}

TEST(PackRound, AFailureAndTheEnd) {
    Round round, received;
    round.kind = Round::Kind::failed;
    round.error = "the output is closed; start again";
    unpack_round(pack_round(round), received);
    EXPECT_EQ(received.kind, Round::Kind::failed);
    EXPECT_EQ(received.error, "the output is closed; start again");
    unpack_round(pack_round(Round{}), received);
    EXPECT_EQ(received.kind, Round::Kind::end);
    EXPECT_EQ(received.error, "");
}

}  // namespace
}  // namespace tessera::desk
