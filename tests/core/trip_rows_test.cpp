#include "tessera/core/trip_rows.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "tessera/core/error.hpp"

namespace tessera::core {
namespace {

Trip trip_of(std::uint32_t line) {
    Trip trip;
    trip.line = {line};
    trip.fare = {static_cast<std::int32_t>(line * 7)};
    return trip;
}

TripRows rows_of(std::uint32_t first, std::uint32_t count) {
    TripRows rows;
    for (std::uint32_t i = 0; i < count; ++i) {
        rows.next() = trip_of(first + i);
        rows.keep();
    }
    return rows;
}

TEST(TripRows, HoldsWhatItIsGiven) {
    for (std::uint32_t const count : {0U, 1U, 2047U, 2048U, 2049U, 9000U}) {
        TripRows const rows = rows_of(1, count);
        EXPECT_EQ(rows.size(), count);
        auto const trips = list_trips(rows);
        ASSERT_EQ(trips.size(), count);
        for (std::uint32_t i = 0; i < count; ++i)
            ASSERT_EQ(trips[i], trip_of(1 + i));
    }
}

TEST(TripRows, ARowThatIsNotKeptIsNone) {
    TripRows rows = rows_of(1, 2048);
    rows.next() = trip_of(99);
    EXPECT_EQ(list_trips(rows).size(), 2048U);
    rows.next() = trip_of(2049);
    rows.keep();
    EXPECT_EQ(list_trips(rows).back(), trip_of(2049));
}

TEST(TripRows, TakesOverOthersWithTheirLines) {
    TripRows rows = rows_of(1, 3000), other = rows_of(1, 2500);
    EXPECT_EQ(other.shift_lines(3000), std::nullopt);
    EXPECT_EQ(rows.shift_lines(10), std::nullopt);
    rows.append(std::move(other));
    rows.append({});
    auto const trips = list_trips(rows);
    ASSERT_EQ(trips.size(), 5500U);
    for (std::uint32_t i = 0; i < 5500; ++i)
        ASSERT_EQ(trips[i].line.count, i < 3000 ? i + 11 : i + 1);
}

/// As many chunks as there are numbers for, most of them the same one again and again.
TEST(TripRows, RefusesMoreRowsThanNumbers) {
    constexpr std::size_t most_chunks = std::size_t{1} << (32 - TripRows::chunk_bits);
    TripRows all, some = rows_of(1, 1);
    for (std::size_t chunks = 1; chunks < most_chunks; chunks *= 2) {
        all.append(TripRows(some));
        if (2 * chunks < most_chunks) some.append(TripRows(some));
    }
    ASSERT_EQ(all.chunks().size(), most_chunks - 1);
    EXPECT_THROW(all.append(rows_of(1, 1)), DataError);
    // The last chunk is the one that is still open; then there is room for one more, and for no other.
    TripRows::Number last = 0;
    EXPECT_THROW(
        {
            for (;;) {
                all.next() = trip_of(7);
                last = all.keep();
            }
        },
        DataError);
    EXPECT_EQ(all.chunks().size(), most_chunks);
    EXPECT_EQ(last, std::numeric_limits<TripRows::Number>::max());
    EXPECT_EQ(all[last], trip_of(7));
}

TEST(TripRows, PutsATripInAnothersPlace) {
    TripRows rows = rows_of(1, 5000);
    EXPECT_EQ(rows.shift_lines(1'000'000), std::nullopt);
    TripRows::Number const row = TripRows::number(1, 5);
    EXPECT_EQ(rows[row].line.count, 1'000'000U + 2048 + 6);
    rows.put(row, trip_of(3));
    EXPECT_EQ(rows[row], trip_of(3));
    EXPECT_EQ(rows.line(row).count, 3U);
    EXPECT_EQ(rows[row + 1].line.count, 1'000'000U + 2048 + 7);
}

TEST(TripRows, TellsTheFirstLineThatDoesNotFit) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    TripRows rows = rows_of(1, 4000);
    EXPECT_EQ(rows.shift_lines(most - 3000), most + 1);
    rows = rows_of(1, 10);
    EXPECT_EQ(rows.shift_lines(most - 10), std::nullopt);
    EXPECT_EQ(list_trips(rows).back().line.count, most);
    EXPECT_EQ(rows.shift_lines(1), most + 1);
}

TEST(TripRows, GivesUpEachPieceOnce) {
    TripRows rows = rows_of(1, 10'000);
    rows.append(rows_of(10'001, 10'000));
    std::set<void const*> places;
    for (TripRows::Chunk const& chunk : rows.chunks())
        places.insert(chunk.memory.get());
    auto const pieces = rows.give_up();
    EXPECT_EQ(pieces.size(), places.size());
    for (auto const& piece : pieces)
        EXPECT_TRUE(places.contains(piece.get()));
    EXPECT_EQ(rows.size(), 0U);
    EXPECT_TRUE(rows.give_up().empty());
}

TEST(RawArray, UsesItsMemoryAgain) {
    RawArray<std::uint64_t> array;
    array.reuse(1000);
    EXPECT_EQ(array.size(), 1000U);
    void const* const memory = array.data();
    for (std::size_t const n : {10UL, 0UL, 1000UL}) {
        array.reuse(n);
        EXPECT_EQ(array.size(), n);
        EXPECT_EQ(array.data(), memory);
    }
    array.reuse(100'000);
    ASSERT_EQ(array.size(), 100'000U);
    for (std::size_t i = 0; i < array.size(); ++i)
        array[i] = i;
    EXPECT_EQ(array[99'999], 99'999U);
}

TEST(RawArray, HoldsAnyNumber) {
    for (std::size_t const n : {0UL, 1UL, 4096UL, 300'000UL, 5'000'001UL}) {
        RawArray<std::uint64_t> array(n);
        for (std::size_t i = 0; i < n; ++i)
            array[i] = i;
        ASSERT_EQ(array.size(), n);
        RawArray<std::uint64_t> const moved = std::move(array);
        for (std::size_t i = 0; i < n; ++i)
            ASSERT_EQ(moved[i], i);
    }
}

}  // namespace
}  // namespace tessera::core
