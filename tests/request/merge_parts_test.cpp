#include <gtest/gtest.h>

#include <algorithm>

#include "describe.hpp"
#include "harness/seed.hpp"
#include "random_questions.hpp"
#include "tessera/request/part.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

/// Merges parts in any order and grouping.
Part merge_anyhow(Random& random, std::vector<Part> parts, Question const& question) {
    while (parts.size() > 1) {
        std::shuffle(parts.begin(), parts.end(), random);
        Part last = std::move(parts.back());
        parts.pop_back();
        parts.back() = merge(std::move(parts.back()), std::move(last), question);
    }
    return parts.front();
}

/// What ranks find that own a run each.
std::vector<Part> answer_by_runs(Random& random, geo::LoadedTiles const& loaded, Question const& question,
                                 Limits const& limits) {
    auto const cuts = make_cuts(random, loaded.tiles.size(), static_cast<std::size_t>(pick(random, 1, 7)));
    std::vector<Part> parts;
    for (std::size_t run = 0; run + 1 < cuts.size(); ++run) {
        auto const mine = cut_out(loaded, cuts[run], cuts[run + 1]);
        parts.push_back(answer_part(query::TripIndex(mine), question, limits));
    }
    return parts;
}

TEST(MergeParts, IsTheAnswerOverAllTripsInAnyOrder) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 40; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto const loaded = query::testing::tile_up(query::testing::make_trips(random, make_mix(random, 1500)), 40, 77);
        query::TripIndex const index(loaded);
        auto const trips = stored_trips(loaded);
        for (int i = 0; i < 10; ++i) {
            Question const question = make_question(random, trips);
            auto const parts = answer_by_runs(random, loaded, question, {});
            std::string const wanted = describe(answer_part(index, question, {}));
            for (int again = 0; again < 3; ++again)
                EXPECT_EQ(describe(merge_anyhow(random, parts, question)), wanted) << describe(question);
        }
    }
}

TEST(MergeParts, AddsUpWhatWasLookedAt) {
    query::RangeQuestion const question;
    Part a, b;
    a.looked = {3, 100};
    a.work = std::chrono::nanoseconds(5);
    b.looked = {4, 1000};
    b.work = std::chrono::nanoseconds(7);
    for (Part const& whole : {merge(a, b, question), merge(b, a, question)}) {
        EXPECT_EQ(whole.looked.tiles, 7U);
        EXPECT_EQ(whole.looked.rows, 1100U);
        EXPECT_EQ(whole.work.count(), 7) << "ranks work side by side: the slowest counts";
    }
}

Part failed_part(Outcome outcome, std::string message) {
    Part part;
    part.outcome = outcome;
    part.message = std::move(message);
    return part;
}

TEST(MergeParts, OneFailureFailsAll) {
    Random random(harness::seed());
    auto const loaded = query::testing::tile_up(query::testing::make_trips(random, {.trips = 300}), 40);
    query::TripIndex const index(loaded);
    for (Question const& question :
         {Question(query::NearestQuestion{{-739857000, 407484000}, 10, {}, {}}), Question(query::RangeQuestion{}),
          Question(query::AggregateQuestion{query::parse_keys("hour"), query::parse_measures("trips"), {}})}) {
        Part const good = answer_part(index, question, {});
        Part const failed = failed_part(Outcome::failed, "no memory"),
                   large = failed_part(Outcome::too_large, "too many");
        std::string const wanted = describe(failed);
        EXPECT_EQ(describe(merge(good, failed, question)), wanted) << "nothing is left of what others found";
        EXPECT_EQ(describe(merge(failed, good, question)), wanted);
        EXPECT_EQ(describe(merge(merge(good, failed, question), good, question)), wanted);
        EXPECT_EQ(describe(merge(large, failed, question)), wanted) << "whatever the order of ranks";
        EXPECT_EQ(describe(merge(failed, large, question)), wanted);
        EXPECT_EQ(describe(merge(large, good, question)), describe(large));
    }
    EXPECT_EQ(merge(failed_part(Outcome::failed, "first"), failed_part(Outcome::failed, "second"), Question{}).message,
              "first");
}

Part part_of_groups(std::size_t groups) {
    Part part;
    part.groups.resize(groups);
    for (std::size_t i = 0; i < groups; ++i)
        part.groups[i].key[0] = i;
    return part;
}

TEST(RequireSize, OfGroups) {
    Request const request{"1", query::AggregateQuestion{}};
    Limits const limits{.most_k = 1, .most_rows = 5};
    Part fits = part_of_groups(5), more = part_of_groups(6);
    require_size(fits, request, limits);
    EXPECT_EQ(fits.outcome, Outcome::answered);
    EXPECT_EQ(fits.groups.size(), 5U);
    require_size(more, request, limits);
    EXPECT_EQ(more.outcome, Outcome::too_large);
    EXPECT_EQ(more.message,
              "the answer has more than 5 groups (--max-rows); take fewer or coarser keys, or a smaller box");
    EXPECT_TRUE(more.groups.empty());
}

TEST(RequireSize, OfAllRows) {
    Limits const limits{.most_k = 1, .most_rows = 5};
    auto const with_matches = [](std::uint64_t matched) {
        Part part;
        part.matched = matched;
        part.rides.resize(5);
        return part;
    };
    Request const all{"1", query::RangeQuestion{{}, 5, false}, true};
    Part fits = with_matches(5), more = with_matches(6);
    require_size(fits, all, limits);
    EXPECT_EQ(fits.outcome, Outcome::answered);
    EXPECT_EQ(fits.rides.size(), 5U);
    require_size(more, all, limits);
    EXPECT_EQ(more.outcome, Outcome::too_large);
    EXPECT_EQ(more.message, "limit 0 asks for all 6 rides, and at most 5 are given (--max-rows)");
    EXPECT_TRUE(more.rides.empty());

    Part first_ones = with_matches(6);
    require_size(first_ones, {"1", query::RangeQuestion{{}, 5, false}, false}, limits);
    EXPECT_EQ(first_ones.outcome, Outcome::answered) << "a limit cuts off, and that is no error";
    EXPECT_EQ(first_ones.rides.size(), 5U);
}

TEST(RequireSize, LeavesFailuresAlone) {
    Part part = failed_part(Outcome::failed, "no memory");
    part.matched = 100;
    require_size(part, {"1", query::RangeQuestion{}, true}, {.most_k = 1, .most_rows = 5});
    EXPECT_EQ(part.outcome, Outcome::failed);
    EXPECT_EQ(part.message, "no memory");
}

}  // namespace
}  // namespace tessera::request
