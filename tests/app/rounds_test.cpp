#include "rounds.hpp"

#include <gtest/gtest.h>

#include "harness/seed.hpp"
#include "reduce/rank_tiles.hpp"
#include "request/random_questions.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

using reduce::testing::RankTiles;
using reduce::testing::world;
using request::testing::Random;

request::Limits const limits{10'000, 10'000};

/// A desk that asks the same in each round, and keeps what it is given.
class SameDesk : public desk::Desk {
  public:
    SameDesk(std::vector<request::Question> questions, int rounds, desk::Round::Kind last)
        : questions_(std::move(questions)), left_(rounds), last_(last) {}

    void fill(desk::Round& round) noexcept override {
        round.clear();
        round.kind = left_-- > 0 ? desk::Round::Kind::answer : last_;
        if (round.kind == desk::Round::Kind::failed) round.error = "the output is closed; start again";
        if (round.kind != desk::Round::Kind::answer) return;
        for (request::Question const& question : questions_)
            round.shared.questions.push_back(&question);
        round.shared.touched.assign(questions_.size() * static_cast<std::size_t>(world().size()), 1);
    }
    void hand_out(desk::RoundResult& result) noexcept override {
        ++handed_out;
        matched.clear();
        for (request::Part const& part : result.parts)
            matched.push_back(part.matched);
    }

    int handed_out = 0;
    std::vector<std::uint64_t> matched;

  private:
    std::vector<request::Question> questions_;
    int left_;
    desk::Round::Kind last_;
};

/// Questions that count: of all trips, and of those of one source.
std::vector<request::Question> counting_questions() {
    query::RangeQuestion all;
    all.count_only = true;
    query::RangeQuestion some = all;
    some.filter.from = core::WallTime{1'396'310'400 + 50};
    return {all, some, all};
}

/// Goes through rounds on all ranks, and returns what the root's desk was given.
std::vector<std::uint64_t> go_through(geo::LoadedTiles const& mine, int rounds, desk::Round::Kind last) {
    query::TripIndex const index(mine);
    StageWatch stages({}, world().traffic());
    stages.enter("answer");
    SameDesk desk(counting_questions(), rounds, last);
    answer_rounds(world(), index, limits, world().is_root() ? &desk : nullptr, stages);
    EXPECT_EQ(desk.handed_out, world().is_root() ? rounds : 0);
    return desk.matched;
}

TEST(AnswerRounds, EachRoundHasTheAnswersOfAllRanks) {
    Random random(harness::seed());
    geo::LoadedTiles mine;
    mine.tiles.first_trip.push_back(0);
    auto const all = query::testing::tile_up(query::testing::make_trips(random, {.trips = 500, .seconds = 100}), 20);
    std::size_t const ranks = static_cast<std::size_t>(world().size()), me = static_cast<std::size_t>(world().rank());
    std::uint64_t late = 0;
    for (std::size_t row = 0; row < all.trips.size(); ++row)
        late += trip_at(all.trips, row).pickup_time.count >= 1'396'310'400 + 50 ? 1 : 0;
    for (std::size_t tile = me * all.tiles.size() / ranks; tile < (me + 1) * all.tiles.size() / ranks; ++tile) {
        append_tile(mine.tiles, all.tiles, tile);
        mine.store_row.push_back(all.store_row[tile]);
        for (std::uint64_t row = all.tiles.first_trip[tile]; row < all.tiles.first_trip[tile + 1]; ++row)
            append(mine.trips, trip_at(all.trips, row));
    }
    auto const matched = go_through(mine, 5, desk::Round::Kind::end);
    if (world().is_root()) {
        EXPECT_EQ(matched, (std::vector<std::uint64_t>{500, late, 500}));
        EXPECT_GT(late, 0U);
    }
}

TEST(AnswerRounds, TheRootsFailureIsThrownOnEveryRank) {
    geo::LoadedTiles none;
    none.tiles.first_trip.push_back(0);
    for (int const rounds : {0, 2})
        try {
            go_through(none, rounds, desk::Round::Kind::failed);
            ADD_FAILURE() << "nothing is thrown";
        } catch (core::StageError const& error) {
            EXPECT_STREQ(error.what(), "answering: the output is closed; start again");
            EXPECT_EQ(error.rank(), 0);
        }
    go_through(none, 1, desk::Round::Kind::end);  // ranks are still in step
}

}  // namespace
}  // namespace tessera::app
