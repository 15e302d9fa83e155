#include "tessera/comm/settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace tessera::comm {
namespace {

TEST(Settings, AreWhatMpiWasTold) {
    // The session sets this one before it starts MPI.
    EXPECT_EQ(read_settings({"fcoll"}).front(), "individual");
}

TEST(Settings, WordsThatNumbersStandForAreRead) {
    std::string const mechanism = read_settings({"fcoll", "btl_vader_single_copy_mechanism"}).back();
    for (char const c : mechanism)
        EXPECT_TRUE(c >= 'a' && c <= 'z') << mechanism;
}

TEST(Settings, OfNoSuchNameAreEmpty) {
    EXPECT_EQ(read_settings({"no_such_setting_there_is"}).front(), "");
}

}  // namespace
}  // namespace tessera::comm
