#include "tessera/reduce/parts.hpp"

#include "rank_tiles.hpp"
#include "request/describe.hpp"
#include "request/random_questions.hpp"
#include "tessera/request/rank_reach.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing
using request::Part;
using request::Question;
using request::testing::describe;

std::size_t my_rank() {
    return static_cast<std::size_t>(world().rank());
}
std::size_t all_ranks() {
    return static_cast<std::size_t>(world().size());
}

/// A store cut into runs, this rank's run with its index, and the whole with its own.
struct Scene {
    geo::LoadedTiles all;
    std::vector<std::size_t> cuts;
    geo::LoadedTiles mine;
    query::TripIndex whole;
    query::TripIndex index;

    explicit Scene(Random& random)
        : all(query::testing::tile_up(query::testing::make_trips(random, request::testing::make_mix(random, 1200)),
                                      static_cast<std::size_t>(pick(random, 5, 100)), 5000)),
          cuts(request::testing::make_cuts(random, all.tiles.size(), all_ranks())),
          mine(query::testing::cut_out(all, cuts[my_rank()], cuts[my_rank() + 1])),
          whole(all),
          index(mine) {}
};

/// Questions, and the ranks that each of them touches.
struct Asked {
    std::vector<Question> questions;
    SharedQuestions shared;

    void add(Question question, std::vector<std::uint8_t> const& touched) {
        questions.push_back(std::move(question));
        shared.touched.insert(shared.touched.end(), touched.begin(), touched.end());
    }
    /// Once all are added: their places no longer change.
    SharedQuestions const& close() {
        for (Question const& question : questions)
            shared.questions.push_back(&question);
        return shared;
    }
};

/// What each rank finds, merged on the root.
std::vector<Part> answer_together(query::TripIndex const& index, SharedQuestions const& shared) {
    std::vector<Part> parts(shared.questions.size());
    std::vector<std::uint8_t> mine;
    for (std::size_t i = 0; i < parts.size(); ++i)
        mine.push_back(shared.touches(i, my_rank(), all_ranks()) ? 1 : 0);
    request::answer_parts(index, shared.questions, mine, {}, parts);
    std::vector<RankLoad> loads;
    reduce_parts(world(), shared, parts, {}, loads);
    return parts;
}

void expect_whole_answers(Scene const& scene, Asked& asked) {
    auto const parts = answer_together(scene.index, asked.close());
    if (!world().is_root()) return;
    ASSERT_EQ(parts.size(), asked.questions.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        EXPECT_EQ(describe(parts[i]), describe(request::answer_part(scene.whole, asked.questions[i], {})))
            << describe(asked.questions[i]);
}

TEST(ReduceParts, AreTheAnswersOfOneRankThatHasAll) {
    for_each_seed(25, [](Random& random) {
        Scene const scene(random);
        auto const trips = query::testing::stored_trips(scene.all);
        request::RankReach const reach(scene.all.tiles, scene.cuts);
        Asked asked;
        for (auto left = pick(random, 0, 30); left > 0; --left) {
            Question question = request::testing::make_question(random, trips);
            asked.add(question, reach.of(question));
        }
        expect_whole_answers(scene, asked);
    });
}

TEST(ReduceParts, OfQuestionsThatTouchAll) {
    for_each_seed(10, [](Random& random) {
        Scene const scene(random);
        auto const trips = query::testing::stored_trips(scene.all);
        Asked asked;
        for (int i = 0; i < 10; ++i)
            asked.add(request::testing::make_question(random, trips), std::vector<std::uint8_t>(all_ranks(), 1));
        expect_whole_answers(scene, asked);
    });
}

TEST(ReduceParts, OfQuestionsThatTouchNobody) {
    Random random(harness::seed());
    Scene const scene(random);
    Asked asked;
    query::RangeQuestion later;
    later.filter.from = core::WallTime{4'000'000'000};
    for (int i = 0; i < 3; ++i)
        asked.add(later, std::vector<std::uint8_t>(all_ranks(), 0));
    expect_whole_answers(scene, asked);
    Asked none;
    expect_whole_answers(scene, none);
}

/// Each question is about one rank's tiles; the others' parts of it are never read.
TEST(ReduceParts, OfQuestionsThatTouchOneRankEach) {
    Random random(harness::seed());
    Scene const scene(random);
    Asked asked;
    for (std::size_t rank = 0; rank < all_ranks(); ++rank) {
        std::vector<std::uint8_t> touched(all_ranks(), 0);
        touched[rank] = 1;
        asked.add(query::RangeQuestion{}, touched);
    }
    auto const& shared = asked.close();
    std::vector<Part> parts(all_ranks());
    if (!world().is_root())
        for (Part& part : parts)
            part.outcome = request::Outcome::failed;
    parts[my_rank()] = request::answer_part(scene.index, asked.questions[my_rank()], {});
    std::vector<RankLoad> loads;
    reduce_parts(world(), shared, parts, {}, loads);
    if (!world().is_root()) return;
    for (std::size_t rank = 0; rank < all_ranks(); ++rank) {
        auto const run = query::testing::cut_out(scene.all, scene.cuts[rank], scene.cuts[rank + 1]);
        EXPECT_EQ(describe(parts[rank]),
                  describe(request::answer_part(query::TripIndex(run), asked.questions[rank], {})));
    }
}

/// Any rank may fail, on one question of several: the root hears of it, and of the others' answers all the same.
TEST(ReduceParts, OneRanksFailureReachesTheRoot) {
    for (std::size_t failing = 0; failing < all_ranks(); ++failing) {
        SCOPED_TRACE(::testing::Message() << "rank " << failing << " fails");
        Asked asked;
        for (int i = 0; i < 3; ++i)
            asked.add(query::RangeQuestion{}, std::vector<std::uint8_t>(all_ranks(), 1));
        std::vector<Part> parts(3);
        for (Part& part : parts)
            part.matched = my_rank() + 1;
        if (my_rank() >= failing) {
            parts[1].outcome = request::Outcome::failed;
            parts[1].message = "rank " + std::to_string(my_rank()) + " has no memory";
        }
        std::vector<RankLoad> loads;
        reduce_parts(world(), asked.close(), parts, {}, loads);
        if (!world().is_root()) continue;
        EXPECT_EQ(parts[1].outcome, request::Outcome::failed);
        EXPECT_EQ(parts[1].message, "rank " + std::to_string(failing) + " has no memory") << "the lowest of them";
        for (std::size_t const other : {0U, 2U}) {
            EXPECT_EQ(parts[other].outcome, request::Outcome::answered);
            EXPECT_EQ(parts[other].matched, all_ranks() * (all_ranks() + 1) / 2);
        }
    }
}

TEST(ReduceParts, BringsTheLoadsOfThoseThatSend) {
    Asked asked;
    std::vector<std::uint8_t> odd_ranks(all_ranks());
    for (std::size_t rank = 0; rank < all_ranks(); ++rank)
        odd_ranks[rank] = rank % 2 == 1 ? 1 : 0;
    asked.add(query::RangeQuestion{}, odd_ranks);
    std::vector<Part> parts(1);
    std::vector<RankLoad> loads(all_ranks(), RankLoad{7, 8});
    reduce_parts(world(), asked.close(), parts, {my_rank() * 100, my_rank() * 1000}, loads);
    if (!world().is_root()) return;
    ASSERT_EQ(loads.size(), all_ranks());
    for (std::size_t rank = 0; rank < all_ranks(); ++rank) {
        bool const heard_of = rank == 0 || rank % 2 == 1;
        EXPECT_EQ(loads[rank].busy_ns, heard_of ? rank * 100 : 7) << rank;
        EXPECT_EQ(loads[rank].resident_bytes, heard_of ? rank * 1000 : 8) << rank;
    }
}

}  // namespace
}  // namespace tessera::reduce
