#include "tessera/request/cost.hpp"

#include <gtest/gtest.h>

namespace tessera::request {
namespace {

TEST(Names, OfOperationsAreTheWordsOfTheContract) {
    EXPECT_EQ(name_of(Operation::nearest), "nearest");
    EXPECT_EQ(name_of(Operation::range), "range");
    EXPECT_EQ(name_of(Operation::aggregate), "aggregate");
}

TEST(Names, OfOutcomesAreTheCodesOfErrorAnswers) {
    EXPECT_EQ(name_of(Outcome::answered), "answered");
    EXPECT_EQ(name_of(Outcome::bad_json), "bad_json");
    EXPECT_EQ(name_of(Outcome::bad_request), "bad_request");
    EXPECT_EQ(name_of(Outcome::too_long), "too_long");
    EXPECT_EQ(name_of(Outcome::too_large), "too_large");
    EXPECT_EQ(name_of(Outcome::failed), "failed");
    EXPECT_EQ(static_cast<std::size_t>(Outcome::failed) + 1, outcome_count);
    EXPECT_EQ(static_cast<std::size_t>(Operation::aggregate) + 1, operation_count);
}

}  // namespace
}  // namespace tessera::request
