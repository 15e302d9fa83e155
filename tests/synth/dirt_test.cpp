#include "tessera/synth/dirt.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <string>

#include "synth/generated_text.hpp"
#include "synth/plain_reader.hpp"

namespace tessera::synth {
namespace {

TEST(Dirt, IsWhatAPlainReaderCounts) {
    for (Layout const& layout : layouts()) {
        for (double const share : {0.05, 0.9}) {
            SCOPED_TRACE(std::string(core::name_of(layout.source)) + " " + std::string(layout.name));
            GeneratedText const text = generate_text(recipe_for(layout, 2000, share));
            core::LedgerCounts const read = read_plainly(text.bytes).ledger;
            core::LedgerCounts expected = expected_ledger(text.counts);
            EXPECT_TRUE(read.adds_up());
            auto& duplicates = expected.odd[static_cast<std::size_t>(core::Oddity::duplicate)];
            auto const read_duplicates = read.odd[static_cast<std::size_t>(core::Oddity::duplicate)];
            if (layout.source == core::Source::uber) {  // two rides may agree by chance
                EXPECT_GE(read_duplicates, duplicates);
                duplicates = read_duplicates;
            }
            EXPECT_EQ(read, expected) << share;
        }
    }
}

TEST(Dirt, IsCountedWithLoneCarriageReturnsToo) {
    TripRecipe recipe = recipe_for(find_layout(core::Source::green, "2014"), 3000, 0.3);
    recipe.lone_cr = true;
    recipe.final_newline = false;
    GeneratedText const text = generate_text(recipe);
    EXPECT_EQ(read_plainly(text.bytes, '\r').ledger, expected_ledger(text.counts));
}

TEST(Dirt, HasTheShareThatWasAskedForAndAllItsKinds) {
    for (core::Source const source : core::all_sources) {
        auto const counts = generate_text(recipe_for(find_layout(source, "2014"), 50'000, 0.1)).counts;
        auto const dirty = std::accumulate(counts.dirty.begin(), counts.dirty.end(), std::uint64_t{0});
        EXPECT_NEAR(static_cast<double>(dirty), 5000, 400);
        std::set<DirtKind> kinds;
        for (DirtKind const kind : dirt_kinds_of(source)) {
            EXPECT_GT(counts.dirty_rows(kind), 150U) << name_of(kind);
            kinds.insert(kind);
        }
        for (std::size_t kind = 0; kind < dirt_kind_count; ++kind) {
            bool const possible = kinds.contains(static_cast<DirtKind>(kind));
            EXPECT_TRUE(possible || counts.dirty[kind] == 0) << kind;
        }
    }
}

TEST(Dirt, DuplicatesFollowCleanRows) {
    DirtPlan const plan(core::Source::yellow, 11, 0.3);
    int duplicates = 0;
    for (std::uint64_t row = 0; row < 20'000; ++row) {
        if (plan.kind_of(row) != DirtKind::duplicate) continue;
        ASSERT_GT(row, 0U);
        EXPECT_FALSE(plan.kind_of(row - 1)) << row;
        ++duplicates;
    }
    EXPECT_GT(duplicates, 100);
}

TEST(Dirt, HasANameForEachKind) {
    std::set<std::string_view> names;
    for (std::size_t kind = 0; kind < dirt_kind_count; ++kind)
        names.insert(name_of(static_cast<DirtKind>(kind)));
    EXPECT_EQ(names.size(), dirt_kind_count);
    EXPECT_EQ(name_of(DirtKind::unknown_code), "unknown_code");
    EXPECT_EQ(name_of(DirtKind::pickup_in_ocean), "pickup_in_ocean");
}

}  // namespace
}  // namespace tessera::synth
