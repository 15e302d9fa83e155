#include <gtest/gtest.h>

#include <sstream>

#include "architecture/rules.hpp"

// TESSERA_ROOT is set by CMakeLists.txt.
namespace tessera::architecture {
namespace {

TEST(House, IsInOrder) {
    std::ostringstream text;
    for (Fault const& fault : check_house(TESSERA_ROOT))
        text << fault.file << ":" << fault.line << ": [" << fault.rule << "] " << fault.text << "\n";
    EXPECT_TRUE(text.str().empty()) << text.str();
}

TEST(House, IsThere) {
    EXPECT_GT(read_tree(TESSERA_ROOT).size(), 30U) << "the checker looks at the wrong folder";
}

}  // namespace
}  // namespace tessera::architecture
