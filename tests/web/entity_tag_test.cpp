#include <gtest/gtest.h>

#include "tessera/web/call.hpp"

namespace tessera::web {
namespace {

TEST(EntityTag, IsNamedByItselfInAListAndByAStar) {
    EXPECT_TRUE(names_tag("\"a\"", "\"a\""));
    EXPECT_TRUE(names_tag("W/\"a\"", "\"a\""));
    EXPECT_TRUE(names_tag(" \"b\" ,\tW/\"a\" ", "\"a\""));
    EXPECT_TRUE(names_tag("*", "\"a\""));
    EXPECT_FALSE(names_tag("", "\"a\""));
    EXPECT_FALSE(names_tag("\"ab\"", "\"a\""));
    EXPECT_FALSE(names_tag("a", "\"a\""));
    EXPECT_FALSE(names_tag(",, ,", "\"a\""));
}

}  // namespace
}  // namespace tessera::web
