#include "tessera/machine/cgroup.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace tessera::machine {
namespace {

/// A made-up cgroup file system, and a made-up list of the groups of a process.
class Cgroup : public testing::Test {
  protected:
    Cgroup() {
        std::string name = testing::TempDir() + "tessera_cgroup_XXXXXX";
        root_ = mkdtemp(name.data());
    }
    ~Cgroup() override { std::filesystem::remove_all(root_); }

    void write(std::string const& file, std::string const& text) {
        std::filesystem::path const path = root_ / file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    CgroupLimits limits() const { return read_cgroup_limits(root_, root_ / "own"); }

    std::filesystem::path root_;
};

TEST_F(Cgroup, WithoutFilesThereIsNoLimit) {
    EXPECT_EQ(limits().cores, 0);
    EXPECT_EQ(limits().memory_bytes, 0U);
    EXPECT_EQ(read_cgroup_limits("/no/such/folder", "/no/such/file").cores, 0);
}

TEST_F(Cgroup, QuotasOfVersion2AreSharesOfAPeriod) {
    write("cpu.max", "200000 100000\n");
    EXPECT_EQ(limits().cores, 2);
    write("cpu.max", "150000 100000\n");
    EXPECT_EQ(limits().cores, 1.5);
    write("cpu.max", "max 100000\n");
    EXPECT_EQ(limits().cores, 0);
}

TEST_F(Cgroup, QuotasOfVersion1AreInTwoFiles) {
    write("cpu/cpu.cfs_quota_us", "250000\n");
    write("cpu/cpu.cfs_period_us", "100000\n");
    EXPECT_EQ(limits().cores, 2.5);
    write("cpu/cpu.cfs_quota_us", "-1\n");
    EXPECT_EQ(limits().cores, 0);
}

TEST_F(Cgroup, MemoryOfBothVersionsIsRead) {
    write("memory/memory.limit_in_bytes", "9223372036854771712\n");
    EXPECT_EQ(limits().memory_bytes, 0U);
    write("memory/memory.limit_in_bytes", "2147483648\n");
    EXPECT_EQ(limits().memory_bytes, std::uint64_t{2} << 30);
    write("memory.max", "1073741824\n");
    EXPECT_EQ(limits().memory_bytes, std::uint64_t{1} << 30);
    write("memory.max", "max\n");
    EXPECT_EQ(limits().memory_bytes, std::uint64_t{2} << 30);
}

TEST_F(Cgroup, TheLeastOfAllGroupsAboveCounts) {
    write("own", "0::/slurm/job_7/step_0\n");
    write("slurm/job_7/step_0/cpu.max", "max 100000\n");
    write("slurm/job_7/cpu.max", "400000 100000\n");
    write("slurm/cpu.max", "800000 100000\n");
    write("slurm/job_7/step_0/memory.max", "3000000\n");
    write("slurm/job_7/memory.max", "2000000\n");
    EXPECT_EQ(limits().cores, 4);
    EXPECT_EQ(limits().memory_bytes, 2000000U);
}

TEST_F(Cgroup, WhoseMemoryLimitItIsIsTold) {
    EXPECT_EQ(limits().memory_group, "");
    write("own", "0::/slurm/job_7/step_0\n");
    write("slurm/job_7/step_0/memory.max", "3000000\n");
    EXPECT_EQ(limits().memory_group, root_ / "slurm/job_7/step_0");
    write("slurm/job_7/memory.max", "2000000\n");
    EXPECT_EQ(limits().memory_group, root_ / "slurm/job_7");
}

TEST_F(Cgroup, SwappingHasALimitOfItsOwn) {
    EXPECT_EQ(limits().swap_bytes, std::nullopt);
    write("memory.swap.max", "max\n");
    EXPECT_EQ(limits().swap_bytes, std::nullopt);
    write("own", "0::/job\n");
    write("job/memory.swap.max", "4096\n");
    EXPECT_EQ(limits().swap_bytes, 4096U);
    write("memory.swap.max", "0\n");
    EXPECT_EQ(limits().swap_bytes, 0U);
}

TEST_F(Cgroup, GroupsOfVersion1AreFoundByTheirControllers) {
    write("own", "7:cpu,cpuacct:/job\n4:memory:/job/step\n1:name=systemd:/else\n0::/\nnonsense\n");
    write("cpu/job/cpu.cfs_quota_us", "100000");
    write("cpu/job/cpu.cfs_period_us", "100000");
    write("memory/job/memory.limit_in_bytes", "4096");
    EXPECT_EQ(limits().cores, 1);
    EXPECT_EQ(limits().memory_bytes, 4096U);
}

TEST_F(Cgroup, InAContainerTheMountIsTheGroup) {
    write("own", "0::/kubepods/pod1/container2\n");  // as the host calls it
    write("cpu.max", "300000 100000\n");
    EXPECT_EQ(limits().cores, 3);
}

TEST_F(Cgroup, AFileWithoutSenseSetsNoLimit) {
    for (char const* const text : {"", "\n", "max", "100000", "0 100000", "100000 0", "a b", "a 100000", "-1 100000"}) {
        write("cpu.max", text);
        write("memory.max", text[0] == '1' ? "max" : text);
        EXPECT_NO_THROW(EXPECT_EQ(limits().cores, 0) << "'" << text << "'");
        EXPECT_EQ(limits().memory_bytes, 0U) << "'" << text << "'";
    }
}

}  // namespace
}  // namespace tessera::machine
