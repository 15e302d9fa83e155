#include <gtest/gtest.h>

#include "rank_tiles.hpp"
#include "tessera/reduce/reduce.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

constexpr char const* key_lists[] = {
    "", "hour", "source,payment", "pickup_tile:14", "dropoff_tile:24,pickup_tile:24", "weekday,hour,passengers"};
constexpr char const* measure_lists[] = {"trips", "trips,mean:fare,max:tip", "p50:distance,sum:total,p99:fare",
                                         "min:duration,p90:duration,mean:passengers"};

/// Groups as text, so that a failure shows them; a rank that is not the root has none.
std::string text_of(query::Groups const& groups) {
    std::string text;
    for (query::Group const& group : groups) {
        for (std::uint64_t const word : group.key)
            text += std::to_string(word) + " ";
        text += ": " + std::to_string(group.trips);
        for (query::Totals const& totals : group.totals)
            text += " (" + std::to_string(totals.known) + " " + std::to_string(totals.sum) + " " +
                    std::to_string(totals.min) + " " + std::to_string(totals.max) + " of " +
                    std::to_string(totals.sketch.count()) + " from " + std::to_string(totals.sketch.first_bin()) + ")";
        text += "\n";
    }
    return text;
}

void expect_reduced(query::Groups local, query::Groups const& wanted) {
    query::Groups const global = reduce_groups(world(), std::move(local));
    if (!world().is_root()) {
        EXPECT_TRUE(global.empty());
        return;
    }
    EXPECT_EQ(text_of(global), text_of(wanted));
    EXPECT_EQ(global == wanted, true) << "the sketches differ";
}

TEST(ReduceGroups, AreThoseOfOneRankThatHasAll) {
    for_each_seed(60, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        query::AggregateQuestion question;
        char const* const keys = key_lists[pick(random, 0, std::size(key_lists) - 1)];
        if (*keys) question.keys = query::parse_keys(keys);
        question.measures = query::parse_measures(measure_lists[pick(random, 0, std::size(measure_lists) - 1)]);
        expect_reduced(query::aggregate(tiles.mine, question), query::aggregate(tiles.all, question));
    });
}

query::Groups random_groups(Random& random, std::size_t fields) {
    query::Groups groups;
    for (std::uint64_t key = 0; key < 8; ++key) {
        if (pick(random, 0, 1)) continue;
        query::Group& group = groups.emplace_back();
        group.key = {key / 4, key % 4, ~std::uint64_t{0} - key};
        group.trips = static_cast<std::uint64_t>(pick(random, 1, std::int64_t{1} << 50));
        group.totals.resize(fields);
        for (query::Totals& totals : group.totals) {
            if (pick(random, 0, 2) == 0) continue;  // none known
            totals = {static_cast<std::uint64_t>(pick(random, 1, 9)),
                      pick(random, INT32_MIN, INT32_MAX),
                      pick(random, INT32_MIN, 0),
                      pick(random, 0, INT32_MAX),
                      {}};
            for (std::int64_t n = pick(random, 0, 5); n > 0; --n)
                totals.sketch.add(pick(random, -5000, 5000), static_cast<std::uint64_t>(pick(random, 1, 99)));
        }
    }
    return groups;
}

TEST(ReduceGroups, NegativeSumsAndSketchesOfNothingArriveWhole) {
    for_each_seed(200, [](Random& random) {
        auto const fields = static_cast<std::size_t>(pick(random, 0, 3));
        query::Groups wanted, mine;
        for (int rank = 0; rank < world().size(); ++rank) {
            query::Groups const local = pick(random, 0, 3) ? random_groups(random, fields) : query::Groups();
            if (rank == world().rank()) mine = local;
            wanted = query::merge(std::move(wanted), local);
        }
        expect_reduced(mine, wanted);
    });
}

TEST(ReduceGroups, NoGroupsAnywhere) {
    expect_reduced({}, {});
}

}  // namespace
}  // namespace tessera::reduce
