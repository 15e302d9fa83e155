#include "tessera/reduce/share_pixels.hpp"

#include <gtest/gtest.h>

#include <map>

#include "rank_tiles.hpp"

namespace tessera::reduce {
namespace {

using namespace testing;  // tessera::reduce::testing

TEST(SharePixels, GivesEachKeyToItsOwner) {
    for_each_seed(40, [](Random& random) {
        auto const ranks = static_cast<std::size_t>(world().size()), me = static_cast<std::size_t>(world().rank());
        std::int64_t const keys = pick(random, 1, 300);
        std::vector<std::uint64_t> first_keys{0};
        while (first_keys.size() < ranks)
            first_keys.push_back(static_cast<std::uint64_t>(pick(random, 0, keys)));
        std::sort(first_keys.begin(), first_keys.end());
        std::map<std::uint64_t, query::PixelTally> wanted;  // what this rank must get
        std::vector<query::TalliedPixel> mine;
        for (std::size_t rank = 0; rank < ranks; ++rank)
            for (auto left = pick(random, 0, 400); left > 0; --left) {
                query::TalliedPixel const pixel{static_cast<std::uint64_t>(pick(random, 0, keys)),
                                                {1, pick(random, -9, 9)}};
                if (rank == me) mine.push_back(pixel);
                auto const owner = std::upper_bound(first_keys.begin(), first_keys.end(), pixel.key) - 1;
                if (owner - first_keys.begin() == world().rank()) wanted[pixel.key] += pixel.tally;
            }
        query::order_pixels(mine);
        auto const shared = share_pixels(world(), mine, first_keys);
        ASSERT_EQ(shared.size(), wanted.size());
        std::size_t i = 0;
        for (auto const& [key, tally] : wanted)
            EXPECT_EQ(shared[i++], (query::TalliedPixel{key, tally}));
    });
}

}  // namespace
}  // namespace tessera::reduce
