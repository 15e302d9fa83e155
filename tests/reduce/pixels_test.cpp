#include <gtest/gtest.h>

#include "rank_tiles.hpp"
#include "tessera/query/heat.hpp"
#include "tessera/reduce/reduce.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing
using Counts = std::vector<std::uint64_t>;

void expect_sum(Counts counts, Counts const& wanted) {
    reduce_pixels(world(), counts);
    if (!world().is_root()) counts = wanted;  // undefined there
    EXPECT_EQ(counts, wanted);
}

TEST(ReducePixels, AreThoseOfOneRankThatHasAll) {
    for_each_seed(30, [](Random& random) {
        RankTiles const tiles = make_rank_tiles(random);
        query::HeatQuestion question{{-742000000, 405000000, -737000000, 409000000}, 40, 30, {}};
        expect_sum(query::count_pixels(tiles.mine, question), query::count_pixels(tiles.all, question));
    });
}

TEST(ReducePixels, CountsBeyond32Bits) {
    auto const ranks = static_cast<std::uint64_t>(world().size());
    expect_sum({std::uint64_t{1} << 40, 0, 1}, {ranks << 40, 0, ranks});
    expect_sum({}, {});
}

}  // namespace
}  // namespace tessera::reduce
