#include "tessera/core/error.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace tessera::core {
namespace {

TEST(Describe, TellsAllThatIsKnown) {
    EXPECT_EQ(describe({"a.csv", 17, "fare", "abc"}, "not a number", "correct it"),
              "a.csv:17: column 'fare', value 'abc': not a number; correct it");
}

TEST(Describe, LeavesOutWhatIsNot) {
    EXPECT_EQ(describe({"a.csv", 0, "", ""}, "no such file", ""), "a.csv: no such file");
    EXPECT_EQ(describe({"a.csv", 3, "", ""}, "too few fields", ""), "a.csv:3: too few fields");
    EXPECT_EQ(describe({"a.csv", 3, "", "x"}, "strange", "look"), "a.csv:3: value 'x': strange; look");
    EXPECT_EQ(describe({"a.csv", 0, "fare", ""}, "missing", ""), "a.csv: column 'fare': missing");
}

TEST(StageError, KnowsItsRank) {
    StageError const error(3, "read: no such file");
    EXPECT_EQ(error.rank(), 3);
    EXPECT_STREQ(error.what(), "read: no such file");
}

TEST(SystemErrorText, IsTheSystems) {
    EXPECT_EQ(system_error_text(ENOENT), "No such file or directory");
}

TEST(ExitCode, IsTheContract) {
    EXPECT_EQ(static_cast<int>(ExitCode::done), 0);
    EXPECT_EQ(static_cast<int>(ExitCode::failed), 1);
    EXPECT_EQ(static_cast<int>(ExitCode::usage), 2);
    EXPECT_EQ(static_cast<int>(ExitCode::launch), 3);
}

}  // namespace
}  // namespace tessera::core
