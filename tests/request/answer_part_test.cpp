#include <gtest/gtest.h>

#include "describe.hpp"
#include "harness/seed.hpp"
#include "random_questions.hpp"
#include "tessera/request/part.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

/// The oracle: the functions without an index, which have oracles of their own, and the rides looked up by their rows.
class PlainAnswer {
  public:
    explicit PlainAnswer(geo::LoadedTiles const& loaded) : loaded_(loaded), trips_(stored_trips(loaded)) {}

    Part operator()(Question const& question) const {
        return std::visit([this](auto const& q) { return answer(q); }, question);
    }

  private:
    core::Trip trip_of(std::uint64_t store_row) const {
        for (StoredTrip const& stored : trips_)
            if (stored.store_row == store_row) return stored.trip;
        ADD_FAILURE() << "row " << store_row << " is not loaded";
        return {};
    }
    Part answer(query::NearestQuestion const& question) const {
        Part part;
        for (auto const& neighbour : query::NearestIndex(loaded_, question.filter.on).find(question))
            part.rides.push_back({neighbour.metres, trip_of(neighbour.store_row)});
        return part;
    }
    Part answer(query::RangeQuestion const& question) const {
        auto const found = query::find_range(loaded_, question);
        Part part;
        part.matched = found.matched;
        for (query::Match const& match : found.matches)
            part.rides.push_back({0, trip_of(match.store_row)});
        return part;
    }
    Part answer(query::AggregateQuestion const& question) const {
        Part part;
        part.groups = query::aggregate(loaded_, question);
        return part;
    }

    geo::LoadedTiles const& loaded_;
    std::vector<StoredTrip> trips_;
};

geo::LoadedTiles make_tiles(Random& random, std::size_t most_trips) {
    return query::testing::tile_up(query::testing::make_trips(random, make_mix(random, most_trips)),
                                   static_cast<std::size_t>(pick(random, 5, 200)),
                                   static_cast<std::uint64_t>(pick(random, 0, 99'999)));
}

TEST(AnswerPart, IsWhatThePlainFunctionsSay) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 12; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        geo::LoadedTiles const loaded = make_tiles(random, 3000);
        query::TripIndex const index(loaded);
        PlainAnswer const plain(loaded);
        auto const trips = stored_trips(loaded);
        for (int i = 0; i < 40; ++i) {
            Question const question = make_question(random, trips);
            Part const part = answer_part(index, question, {});
            EXPECT_EQ(describe(part), describe(plain(question))) << describe(question);
            EXPECT_GE(part.looked.rows, part.rides.size());
            EXPECT_GT(part.work.count(), 0);
        }
    }
}

TEST(AnswerPart, OfMoreGroupsThanAllowed) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = make_tiles(random, 3000);
    query::TripIndex const index(loaded);
    query::AggregateQuestion const question{query::parse_keys("day,hour"), query::parse_measures("trips"), {}};
    std::uint64_t const groups = query::aggregate(loaded, question).size();
    ASSERT_GT(groups, 1U);
    EXPECT_EQ(answer_part(index, question, {.most_k = 1, .most_rows = groups}).groups.size(), groups);
    Part const part = answer_part(index, question, {.most_k = 1, .most_rows = groups - 1});
    EXPECT_EQ(part.outcome, Outcome::too_large);
    EXPECT_TRUE(part.groups.empty());
    EXPECT_NE(part.message.find(std::to_string(groups - 1)), std::string::npos) << part.message;
    EXPECT_NE(part.message.find("--max-rows"), std::string::npos) << part.message;
}

/// A list that no memory holds: the failure is an outcome, for this question alone.
TEST(AnswerPart, FailuresAreOutcomes) {
    geo::LoadedTiles none;
    none.tiles.first_trip.push_back(0);
    query::TripIndex const index(none);
    query::AggregateQuestion impossible;
    impossible.keys.assign(25, query::Key{query::KeyKind::vendor});  // more bits than a group's key has
    Part const part = answer_part(index, impossible, {});
    EXPECT_EQ(part.outcome, Outcome::failed);
    EXPECT_EQ(part.message, "too many keys; give each key once");
}

std::vector<Question const*> pointers_to(std::vector<Question> const& questions) {
    std::vector<Question const*> pointers;
    for (Question const& question : questions)
        pointers.push_back(&question);
    return pointers;
}

void expect_parts(query::TripIndex const& index, std::vector<Question> const& questions,
                  std::vector<std::uint8_t> const& mine) {
    std::vector<Part> parts(questions.size());
    for (Part& part : parts)
        part.message = "not mine";
    answer_parts(index, pointers_to(questions), mine, {}, parts);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (mine[i] == 0) {
            EXPECT_EQ(parts[i].message, "not mine");
            EXPECT_EQ(parts[i].looked.rows, 0U);
            EXPECT_EQ(parts[i].work.count(), 0);
        } else {
            EXPECT_EQ(describe(parts[i]), describe(answer_part(index, questions[i], {}))) << describe(questions[i]);
        }
    }
}

TEST(AnswerParts, AreThoseOfEachQuestionByItself) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded = make_tiles(random, 3000);
    query::TripIndex const index(loaded);
    auto const trips = stored_trips(loaded);
    for (std::size_t count : {0U, 1U, 2U, 3U, 50U, 300U}) {
        std::vector<Question> questions;
        std::vector<std::uint8_t> mine, one;
        for (std::size_t i = 0; i < count; ++i) {
            questions.push_back(make_question(random, trips));
            mine.push_back(one_in(random, 3) ? 0 : 1);
            one.push_back(i == count / 2 ? 1 : 0);
        }
        query::testing::with_thread_counts([&] {
            expect_parts(index, questions, mine);
            expect_parts(index, questions, one);
            expect_parts(index, questions, std::vector<std::uint8_t>(count, 0));
            expect_parts(index, questions, std::vector<std::uint8_t>(count, 1));
        });
    }
}

/// Questions about more rows than one thread should look at stand among light ones.
TEST(AnswerParts, HeavyOnesAmongLightOnes) {
    Random random(harness::seed());
    geo::LoadedTiles const loaded =
        query::testing::tile_up(query::testing::make_trips(random, {.trips = 230'000}), 1000);
    query::TripIndex const index(loaded);
    ASSERT_GT(query::estimate_rows(index, {}), 200'000U) << "a question about all must be a heavy one";
    query::RangeQuestion small;
    small.filter.from = core::WallTime{1'396'400'000};
    small.filter.to = core::WallTime{1'396'403'600};
    query::AggregateQuestion const all{query::parse_keys("hour"), query::parse_measures("trips,p50:fare"), {}};
    std::vector<Question> questions{small, all, small, query::RangeQuestion{{}, 50, false}, small};
    query::testing::with_thread_counts([&] {
        expect_parts(index, questions, {1, 1, 1, 1, 1});
        expect_parts(index, questions, {0, 1, 1, 0, 1});
    });
}

}  // namespace
}  // namespace tessera::request
