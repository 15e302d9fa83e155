#include "tessera/app/memory_need.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "harness/world.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

using harness::world;

constexpr std::uint64_t mib = 1 << 20;
constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

std::uint64_t ranks() {
    return static_cast<std::uint64_t>(world().size());
}

/// What is said on every rank; nothing where all may go on.
std::string refusal(MemoryLimit const& mine, std::uint64_t my_bytes) {
    try {
        require_memory(world(), mine, "reading", my_bytes);
        return "";
    } catch (core::StageError const& error) {
        return error.what();
    }
}

std::string note(MemoryLimit const& mine, double my_bytes) {
    testing::internal::CaptureStderr();
    note_memory(world(), mine, "ingest", my_bytes);
    return testing::internal::GetCapturedStderr();
}

/// Ranks 0, 2, ... are in one group, the others in another that has less.
TEST(MemoryNeed, IsSharedByThoseOfAGroup) {
    bool const is_odd = world().rank() % 2 == 1;
    std::uint64_t const sharers = (ranks() + (is_odd ? 0 : 1)) / 2;
    MemoryLimit const mine{is_odd ? 100 * mib : 300 * mib, is_odd ? "odd" : "even"};
    EXPECT_EQ(share_of_memory(world(), mine, 1000 * mib), mine.bytes / sharers);
    EXPECT_EQ(share_of_memory(world(), mine, 0), mine.bytes / sharers) << "the host does not tell";
    EXPECT_EQ(share_of_memory(world(), mine, 60 * mib), 60 * mib / sharers) << "a limit beyond what there is";
    EXPECT_EQ(share_of_memory(world(), {}, 1000 * mib), 1000 * mib / ranks());
    EXPECT_EQ(share_of_memory(world(), {}, 0), 0U);
}

TEST(MemoryNeed, WithoutALimitNothingIsTooMuch) {
    EXPECT_EQ(refusal({}, no_limit / 8), "");
    EXPECT_EQ(note({}, 1e15), "");
    EXPECT_EQ(text_between_looks(world(), {}), no_limit);
}

TEST(MemoryNeed, RanksOfAGroupShareItsLimit) {
    MemoryLimit const limit{10 * mib * ranks(), "/job"};
    EXPECT_EQ(refusal(limit, 10 * mib), "");  // to the byte
    auto const told = refusal(limit, 10 * mib + 1);
    EXPECT_NE(told.find("MiB of memory at the least"), std::string::npos) << told;
    EXPECT_NE(told.find("sbatch --mem"), std::string::npos) << told;
}

TEST(MemoryNeed, OneRankMayTakeWhatOthersLeave) {
    MemoryLimit const limit{10 * mib * ranks(), "/job"};
    std::uint64_t const mine = world().is_root() ? 10 * mib * ranks() : 0;
    EXPECT_EQ(refusal(limit, mine), "");
    EXPECT_NE(refusal(limit, mine + 1), "");
}

TEST(MemoryNeed, GroupsOfOneHostAreToldApart) {
    MemoryLimit const own{10 * mib, "/task_" + std::to_string(world().rank())};
    EXPECT_EQ(refusal(own, 10 * mib), "");
    EXPECT_NE(refusal(own, world().rank() == world().size() - 1 ? 11 * mib : 0), "");  // of one of them
}

TEST(MemoryNeed, ALimitOfOneRankAloneIsLookedAtByAll) {
    MemoryLimit const mine = world().is_root() ? MemoryLimit{mib, "/job"} : MemoryLimit{};
    EXPECT_EQ(refusal(mine, mib), "");
    EXPECT_NE(refusal(mine, 2 * mib), "");
}

TEST(MemoryNeed, WhatIsOnlyLikelyIsANoteOfTheRoot) {
    MemoryLimit const limit{10 * mib * ranks(), "/job"};
    EXPECT_EQ(note(limit, 10 * mib), "");
    auto const told = note(limit, 20 * mib);
    EXPECT_EQ(told.starts_with("note: ingest takes some "), world().is_root()) << told;
}

TEST(MemoryNeed, WhereMemoryIsShortRanksLookAtItOften) {
    EXPECT_EQ(text_between_looks(world(), {1600 * mib * ranks(), "/job"}), 100 * mib);
    EXPECT_EQ(text_between_looks(world(), {mib, "/job"}), mib);
}

TEST(MemoryNeed, TripsAreGuessedByBytesAndLines) {
    ingest::InputFile plain, gzip;
    plain.bytes = 5000;
    plain.line_bytes = 50;
    gzip = plain;
    gzip.gzip = true;
    EXPECT_EQ(guess_trips({plain, gzip}), 100 + 500);
    EXPECT_EQ(guess_trips({}), 0);
}

TEST(MemoryNeed, WhatCannotBeTakenBackIsPartOfWhatIsHeld) {
    EXPECT_GT(unreclaimable_bytes(), 0U);
    EXPECT_LT(unreclaimable_bytes(), resident_bytes());
}

}  // namespace
}  // namespace tessera::app
