#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tessera/comm/placement.hpp"

namespace tessera::comm {
namespace {

/// A made-up cgroup file system.
class Quota : public testing::Test {
  protected:
    Quota() {
        std::string name = testing::TempDir() + "tessera_quota_XXXXXX";
        root_ = mkdtemp(name.data());
    }
    ~Quota() override { std::filesystem::remove_all(root_); }

    void write(std::string const& file, std::string const& text) {
        std::filesystem::path const path = root_ / file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    int cores() const { return cores_by_quota(root_.c_str()); }

    std::filesystem::path root_;
};

TEST_F(Quota, WithoutFilesThereIsNone) {
    EXPECT_EQ(cores(), 0);
    EXPECT_EQ(cores_by_quota("/no/such/folder"), 0);
}

TEST_F(Quota, OfVersion2IsRoundedUp) {
    write("cpu.max", "200000 100000\n");
    EXPECT_EQ(cores(), 2);
    write("cpu.max", "150000 100000\n");
    EXPECT_EQ(cores(), 2);
    write("cpu.max", "10000 100000\n");
    EXPECT_EQ(cores(), 1);
    write("cpu.max", "6400000 100000\n");
    EXPECT_EQ(cores(), 64);
}

TEST_F(Quota, OfVersion2CanBeAbsent) {
    write("cpu.max", "max 100000\n");
    EXPECT_EQ(cores(), 0);
}

TEST_F(Quota, OfVersion1IsRoundedUp) {
    write("cpu/cpu.cfs_quota_us", "250000\n");
    write("cpu/cpu.cfs_period_us", "100000\n");
    EXPECT_EQ(cores(), 3);
}

TEST_F(Quota, OfVersion1CanBeAbsent) {
    write("cpu/cpu.cfs_quota_us", "-1\n");
    write("cpu/cpu.cfs_period_us", "100000\n");
    EXPECT_EQ(cores(), 0);
}

TEST_F(Quota, OfAFileWithoutSenseIsNone) {
    for (char const* const text : {"", "\n", "max", "100000", "0 100000", "100000 0", "a b", "a 100000"}) {
        write("cpu.max", text);
        EXPECT_NO_THROW(EXPECT_EQ(cores(), 0) << "'" << text << "'") << "'" << text << "'";
    }
}

}  // namespace
}  // namespace tessera::comm
