#include "tessera/synth/generate.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "synth/generated_text.hpp"
#include "synth/plain_reader.hpp"
#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {
namespace {

using core::Source;

TEST(Generate, GivesTheSameBytesAtAnyThreadCount) {
    int const threads = omp_get_max_threads();
    for (Source const source : core::all_sources) {
        // Not a multiple of the block's rows, and more than one round of blocks for one thread.
        TripRecipe const recipe = recipe_for(find_layout(source, "2014"), 20'011, 0.05);
        omp_set_num_threads(1);
        GeneratedText const alone = generate_text(recipe);
        for (int const many : {2, 3, 7}) {
            omp_set_num_threads(many);
            GeneratedText const together = generate_text(recipe);
            EXPECT_EQ(together.counts, alone.counts) << many;
            EXPECT_TRUE(together.bytes == alone.bytes) << many;
        }
        omp_set_num_threads(threads);
        EXPECT_EQ(alone.counts.bytes, alone.bytes.size());
        TripRecipe other = recipe;
        ++other.seed;
        EXPECT_FALSE(generate_text(other).bytes == alone.bytes);
    }
}

TEST(Generate, CleanRowsAreAllValidInTheRegionAndInTheSpan) {
    for (Layout const& layout : layouts()) {
        SCOPED_TRACE(std::string(core::name_of(layout.source)) + " " + std::string(layout.name));
        GeneratedText const text = generate_text(recipe_for(layout, 2000));
        PlainTrips const read = read_plainly(text.bytes);
        EXPECT_EQ(read.ledger.kept, 2000U);
        EXPECT_EQ(read.ledger.rejected_total(), 0U);
        core::LedgerCounts expected = expected_ledger(text.counts);
        if (layout.source == Source::uber) expected.odd = read.ledger.odd;  // two rides may agree by chance
        EXPECT_EQ(read.ledger, expected);
        for (auto const time : read.pickup_times)
            ASSERT_TRUE(whole_month(layout.year, layout.month).contains(time));
    }
}

TEST(Generate, FollowsTheSpanOfTheRecipe) {
    TripRecipe recipe = recipe_for(find_layout(Source::yellow, "2014"), 3000);
    recipe.span = TimeSpan{*core::parse_wall_time("2014-04-07T08:00:30"), *core::parse_wall_time("2014-04-07T09:00")};
    PlainTrips const read = read_plainly(generate_text(recipe).bytes);
    ASSERT_EQ(read.pickup_times.size(), 3000U);
    for (auto const time : read.pickup_times)
        ASSERT_TRUE(recipe.span->contains(time));
}

TEST(Generate, CleanRowsDoNotChangeWithTheShareOfDirtyOnes) {
    TripRecipe const recipe = recipe_for(find_layout(Source::yellow, "2014"), 500);
    PlainTrips const clean = read_plainly(generate_text(recipe).bytes);
    TripRecipe dirty_recipe = recipe;
    dirty_recipe.dirty = 0.2;
    PlainTrips const dirty = read_plainly(generate_text(dirty_recipe).bytes);
    std::size_t same = 0;
    for (auto const& row : dirty.rows)
        same += std::find(clean.rows.begin(), clean.rows.end(), row) != clean.rows.end() ? 1 : 0;
    EXPECT_GE(same, 380U);
}

TEST(Generate, WritesTheVariantsThatResavesHave) {
    TripRecipe recipe = recipe_for(find_layout(Source::yellow, "2014"), 10);
    std::string const plain = generate_text(recipe).bytes;
    recipe.byte_order_mark = true;
    EXPECT_EQ(generate_text(recipe).bytes, "\xEF\xBB\xBF" + plain);
    recipe.byte_order_mark = false;
    recipe.final_newline = false;
    EXPECT_EQ(generate_text(recipe).bytes + "\r\n", plain);
    recipe.final_newline = true;
    recipe.lone_cr = true;
    std::string const mac = generate_text(recipe).bytes;
    EXPECT_EQ(mac.find('\n'), std::string::npos);
    EXPECT_NE(mac.find("total_amount\r\r"), std::string::npos);
    EXPECT_EQ(read_plainly(mac, '\r').rows, read_plainly(plain).rows);
    EXPECT_EQ(read_plainly(mac, '\r').ledger, read_plainly(plain).ledger);
}

TEST(Generate, MakesAHeaderAloneOfNoTrips) {
    Layout const& layout = find_layout(Source::green, "2014");
    GeneratedText const text = generate_text(recipe_for(layout, 0));
    EXPECT_EQ(text.bytes, layout.header);
    EXPECT_EQ(text.counts.lines, 3U);
    EXPECT_EQ(text.counts.blank_lines, 2U);
}

TEST(Generate, RefusesRecipesThatCannotBe) {
    auto const ignore = [](std::span<char const>) {};
    EXPECT_THROW(generate_trips({}, ignore), core::UsageError);
    for (double const share : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_THROW(generate_trips(recipe_for(find_layout(Source::uber, "2014"), 1, share), ignore), core::UsageError);
    EXPECT_THROW(generate_trips(recipe_for(find_layout(Source::uber, "2014"), max_trips + 1), ignore),
                 core::UsageError);
}

TEST(Generate, LetsTheSinksErrorThrough) {
    auto const full = [](std::span<char const>) { throw std::runtime_error("disk full"); };
    EXPECT_THROW(generate_trips(recipe_for(find_layout(Source::uber, "2014"), 10), full), std::runtime_error);
}

}  // namespace
}  // namespace tessera::synth
