#include "tessera/core/folder_names.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace tessera::core {
namespace {

TEST(NamesIn, AreThoseOfAllThatIsThere) {
    std::string folder = "/tmp/tessera-names-XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    EXPECT_TRUE(names_in(folder).empty());
    std::ofstream(folder + "/a.csv");
    std::ofstream(folder + "/.hidden");
    std::filesystem::create_directory(folder + "/inner");
    std::filesystem::create_symlink("nowhere", folder + "/link");
    auto names = names_in(folder);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{".hidden", "a.csv", "inner", "link"}));
    EXPECT_THROW(names_in(folder + "/a.csv"), std::system_error);
    std::filesystem::remove_all(folder);
    EXPECT_THROW(names_in(folder), std::system_error);
}

}  // namespace
}  // namespace tessera::core
