#include "tessera/core/units.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <limits>

namespace tessera::core {
namespace {

template <class A, class B>
concept comparable = requires(A a, B b) {
    a == b;
};

TEST(Units, DoNotMix) {
    EXPECT_TRUE((comparable<Cents, Cents>));
    EXPECT_FALSE((comparable<Cents, Centimiles>));
    EXPECT_FALSE((std::convertible_to<std::int32_t, Cents>));
    EXPECT_FALSE((std::convertible_to<Cents, std::int32_t>));
}

TEST(Units, AreLaidOutAsTheirNumber) {
    EXPECT_EQ(sizeof(WallTime), 4U);
    EXPECT_EQ(sizeof(Passengers), 1U);
    EXPECT_TRUE(std::is_trivially_copyable_v<Angle> && std::is_standard_layout_v<Angle>);
}

TEST(Units, UnknownIsTheFillValueOfTheStore) {
    EXPECT_EQ(unknown<WallTime>().count, 0U);
    EXPECT_EQ(unknown<Angle>().count, std::numeric_limits<std::int32_t>::min());
    EXPECT_EQ(unknown<Cents>().count, std::numeric_limits<std::int32_t>::min());
    EXPECT_EQ(unknown<Centimiles>().count, std::numeric_limits<std::int32_t>::min());
    EXPECT_EQ(unknown<Passengers>().count, 255);
    EXPECT_EQ(unknown<Code>().count, 0);
}

TEST(Units, NothingElseIsUnknown) {
    EXPECT_FALSE(is_known(unknown<Cents>()));
    EXPECT_TRUE(is_known(Cents{0}));
    EXPECT_TRUE(is_known(Cents{-250}));
    EXPECT_TRUE(is_known(Passengers{0}));
    EXPECT_FALSE(is_known(Passengers{255}));
    EXPECT_TRUE(is_known(WallTime{1}));
    EXPECT_FALSE(is_known(WallTime{0}));
}

TEST(Units, OrderIsThatOfTheNumber) {
    EXPECT_LT(Cents{-1}, Cents{0});
    EXPECT_LT(unknown<Cents>(), Cents{-2'000'000'000});
    EXPECT_GT(WallTime{4'000'000'000}, WallTime{1});
}

}  // namespace
}  // namespace tessera::core
