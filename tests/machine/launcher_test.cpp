#include "tessera/machine/launcher.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace tessera::machine {
namespace {

std::optional<MeantLaunch> find(std::map<std::string, std::string> const& environment) {
    return find_meant_launch([&](std::string const& name) -> std::optional<std::string> {
        auto const found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
    });
}

TEST(Launcher, AnEnvironmentMaySayNothing) {
    EXPECT_FALSE(find({}));
    EXPECT_FALSE(find({{"SLURM_NTASKS", ""}, {"OMPI_MCA_orte_default_hostfile", "/no/such/file"}}));
}

TEST(Launcher, ABatchJobMeansItsTasks) {
    auto const meant = find({{"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "4"}});
    ASSERT_TRUE(meant);
    EXPECT_EQ(meant->ranks, 4);
    EXPECT_EQ(meant->told_by, "SLURM_NTASKS=4");
    EXPECT_NE(meant->remedy.find("srun --mpi=pmix"), std::string::npos);
}

TEST(Launcher, AStepMeansItsOwnTasks) {
    auto const meant =
        find({{"SLURM_NTASKS", "4"}, {"SLURM_STEP_ID", "0"}, {"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}});
    ASSERT_TRUE(meant);
    EXPECT_EQ(meant->ranks, 1);
}

TEST(Launcher, MpirunInAJobHasTheLastWord) {
    auto const meant = find({{"SLURM_NTASKS", "4"}, {"OMPI_COMM_WORLD_SIZE", "2"}});
    ASSERT_TRUE(meant);
    EXPECT_EQ(meant->ranks, 2);
}

TEST(Launcher, AHostfileMeansItsSlots) {
    std::string const path = testing::TempDir() + "tessera_hostfile";
    std::ofstream(path)
        << "# workers\njob-worker-0.job.ns.svc slots=2\njob-worker-1.job.ns.svc slots=2 # two\n\nplain\n";
    auto const meant = find({{"OMPI_MCA_orte_default_hostfile", path}});
    std::remove(path.c_str());
    ASSERT_TRUE(meant);
    EXPECT_EQ(meant->ranks, 5);
    EXPECT_NE(meant->remedy.find("mpirun -n 5"), std::string::npos);
}

}  // namespace
}  // namespace tessera::machine
