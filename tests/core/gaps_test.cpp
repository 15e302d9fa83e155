#include "tessera/core/gaps.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <variant>

#include "harness/reused.hpp"
#include "tessera/core/trip.hpp"

namespace tessera::core {
namespace {

enum class Letter : std::uint8_t { a, b };
struct WithGap {
    std::uint64_t wide = 1;
    std::uint16_t narrow = 2;
};
struct WithGapInside {
    WithGap inside;
    double real = 0;
};
struct Filled {
    double real = 1;
    std::array<std::uint16_t, 3> narrow{};
    Letter letter = Letter::b;
    bool flag = false;
};
struct MayHoldNothing {
    std::optional<std::uint32_t> number;
};

static_assert(Gapless<std::uint8_t> && Gapless<double> && Gapless<char> && Gapless<Letter> && Gapless<Filled>);
static_assert(Gapless<Cents> && Gapless<std::array<Cents, 3>>);
static_assert(Flat<WithGap> && !Gapless<WithGap>);
static_assert(Flat<WithGapInside> && !Gapless<WithGapInside>);
static_assert(Flat<Trip>);
static_assert(!Flat<MayHoldNothing> && !Flat<std::optional<double>> && !Flat<std::variant<int, char>>);
static_assert(!Flat<int*> && !Flat<std::span<int const>> && !Flat<std::string>);

template <class T>
std::vector<std::byte> bytes_sent(unsigned char before) {
    harness::Reused<T> const one(before);
    BytesToSend<T> const bytes(std::span<T const>(&one.value(), 1));
    return {bytes.get().begin(), bytes.get().end()};
}

#if !defined(__clang__)
TEST(BytesToSend, TellNothingOfWhatMemoryHeldBefore) {
    EXPECT_EQ(bytes_sent<WithGap>(0xff), bytes_sent<WithGap>(0x5a));
    EXPECT_EQ(bytes_sent<WithGapInside>(0xff), bytes_sent<WithGapInside>(0x5a));
    EXPECT_EQ(bytes_sent<Trip>(0xff), bytes_sent<Trip>(0x5a));
}
#endif

TEST(BytesToSend, AreTheValues) {
    std::vector<WithGap> const values{{1, 2}, {3, 4}, {5, 6}};
    BytesToSend<WithGap> const bytes{std::span(values)};
    ASSERT_EQ(bytes.get().size(), 3 * sizeof(WithGap));
    for (std::size_t i = 0; i < values.size(); ++i) {
        WithGap got;
        std::memcpy(&got, bytes.get().data() + i * sizeof got, sizeof got);
        EXPECT_EQ(got.wide, values[i].wide);
        EXPECT_EQ(got.narrow, values[i].narrow);
    }
    EXPECT_TRUE(BytesToSend<WithGap>(std::span<WithGap const>{}).get().empty());
}

TEST(BytesToSend, AreNoCopyWhereThereIsNoGap) {
    std::vector<Filled> const values(3);
    BytesToSend<Filled> const bytes{std::span(values)};
    EXPECT_EQ(static_cast<void const*>(bytes.get().data()), values.data());
    EXPECT_EQ(bytes.get().size(), 3 * sizeof(Filled));
}

}  // namespace
}  // namespace tessera::core
