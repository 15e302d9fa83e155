#include "tessera/doctor/diagnose.hpp"

#include <gtest/gtest.h>

#include "made_up_reports.hpp"
#include "tessera/doctor/hosts.hpp"

namespace tessera::doctor {
namespace {

using Kind = Problem::Kind;

/// The one problem of a launch, whose words tell what and what helps.
void expect_one(std::vector<RankReport> const& reports, Wishes const& wishes, Kind kind, std::string const& what,
                std::string const& remedy) {
    auto const problems = diagnose(reports, wishes);
    ASSERT_EQ(problems.size(), 1U) << (problems.empty() ? "" : problems.front().what);
    EXPECT_EQ(problems.front().kind, kind);
    EXPECT_NE(problems.front().what.find(what), std::string::npos) << problems.front().what;
    EXPECT_NE(problems.front().remedy.find(remedy), std::string::npos) << problems.front().remedy;
}

TEST(Diagnose, AGoodLaunchHasNoProblem) {
    EXPECT_TRUE(diagnose(make_reports(1, 1), {}).empty());
    EXPECT_TRUE(
        diagnose(make_reports(2, 4), {8, 2, machine::MeantLaunch{8, "SLURM_NTASKS=8", "srun"}, "/data"}).empty());
}

TEST(Diagnose, RanksAndHostsAreCounted) {
    expect_one(make_reports(2, 2), {3, 0, {}, {}}, Kind::unexpected, "4 ranks where --expect-ranks says 3", "-n 3");
    expect_one(make_reports(2, 2), {0, 1, {}, {}}, Kind::unexpected, "2 hosts where --expect-hosts says 1", "-N 1");
}

TEST(Diagnose, ARemedyIsThatOfTheLauncherThatMeansMore) {
    machine::MeantLaunch const meant{4, "SLURM_NTASKS=4", "srun --mpi=pmix"};
    expect_one(make_reports(1, 1), {4, 0, meant, {}}, Kind::unexpected, "1 rank where", "srun --mpi=pmix");
    expect_one(make_reports(1, 4), {8, 0, meant, {}}, Kind::unexpected, "4 ranks where", "mpirun -n 8");
}

TEST(Diagnose, OneRankWhereTheJobMeansMoreIsNoted) {
    Wishes const wishes{0, 0, machine::MeantLaunch{4, "SLURM_NTASKS=4", "srun --mpi=pmix"}, {}};
    expect_one(make_reports(1, 1), wishes, Kind::warning, "1 rank where SLURM_NTASKS=4 speaks of 4", "srun --mpi=pmix");
}

TEST(Diagnose, VersionsMustBeEqual) {
    auto reports = make_reports(2, 2);
    reports[3].mpi.library = "Open MPI v5.0.1";
    expect_one(reports, {}, Kind::broken, "MPI of rank 3 on h1 is Open MPI v5.0.1, and Open MPI v4.1.4 on rank 0",
               "same packages");
    reports = make_reports(1, 2);
    reports[1].hdf5 = "HDF5 1.14.0";
    expect_one(reports, {}, Kind::broken, "HDF5 of rank 1", "same packages");
    reports = make_reports(1, 1);
    reports[0].hdf5_parallel = false;
    expect_one(reports, {}, Kind::broken, "without MPI", "libhdf5-openmpi-dev");
}

TEST(Diagnose, ThreadsMustFitTheCores) {
    auto reports = make_reports(1, 4);
    for (RankReport& report : reports)
        report.threads = 8;
    expect_one(reports, {}, Kind::warning, "4 ranks have 32 threads, and may use 8 cores", "--threads 2");
    reports = make_reports(1, 4);
    for (RankReport& report : reports)
        report.facts.cgroup.cores = 2;
    expect_one(reports, {}, Kind::warning, "4 ranks have 8 threads, and may use 2 cores",
               "at most 2 ranks a host: mpirun --map-by ppr:2:node");
    reports = make_reports(1, 2);
    reports[0].facts.cores = {0};
    expect_one(reports, {}, Kind::warning, "rank 0 is bound to 1 of its cores, and has 4 threads", "--bind-to none");
}

TEST(Diagnose, CoresWithoutWorkAreNoted) {
    auto reports = make_reports(1, 2);
    for (RankReport& report : reports)
        report.threads = 1;
    expect_one(reports, {}, Kind::warning, "6 of 8 usable cores have no thread", "more ranks");
    reports = make_reports(1, 2);
    for (RankReport& report : reports) {
        report.threads = 1;
        report.facts.cores = {report.rank};
    }
    expect_one(reports, {}, Kind::warning, "bound to 2 of 8 cores", "--bind-to none");
}

TEST(Diagnose, MemoryAndShmMustDo) {
    auto reports = make_reports(1, 4);
    for (RankReport& report : reports)
        report.facts.cgroup.memory_bytes = 256 << 20;
    expect_one(reports, {}, Kind::warning, "256 MiB of memory for 4 ranks", "limit");
    reports = make_reports(1, 8);
    for (RankReport& report : reports)
        report.facts.shm_bytes = 16 << 20;
    expect_one(reports, {}, Kind::warning, "/dev/shm has 16 MiB, and 8 ranks want 64", "emptyDir");
    for (RankReport& report : reports) {
        report.facts.shm_bytes = 64 << 20;
        report.facts.shm_free_bytes = 0;
    }
    expect_one(reports, {}, Kind::warning, "/dev/shm is full (64 MiB)", "ls -l /dev/shm");
}

TEST(Diagnose, CopiesThatAreRefusedMatterWhereMpiWantsThem) {
    auto reports = make_reports(1, 2);
    reports[1].single_copy_refused = true;
    reports[1].single_copy_reason = "Operation not permitted";
    expect_one(reports, {}, Kind::broken, "rank 1 may not read", "btl_vader_single_copy_mechanism none");
    for (RankReport& report : reports)
        report.mpi.single_copy = "none";
    EXPECT_TRUE(diagnose(reports, {}).empty());
}

TEST(Diagnose, ClocksMustAgreeWithinWhatIsKnown) {
    auto reports = make_reports(2, 1);
    reports[1].clock_ahead_s = -3.5;
    reports[1].clock_uncertain_s = 0.001;
    expect_one(reports, {}, Kind::warning, "its clock is 3.5 s behind that of rank 0", "NTP");
    reports[1].clock_uncertain_s = 4;
    EXPECT_TRUE(diagnose(reports, {}).empty());
}

TEST(Diagnose, CardsOfTheSameAddressAreDangerous) {
    auto reports = make_reports(2, 1);
    for (RankReport& report : reports)
        report.facts.cards.push_back({"docker0", "172.17.0.1"});
    expect_one(reports, {}, Kind::broken, "h0 and h1 both have the address 172.17.0.1 (docker0)",
               "btl_tcp_if_exclude lo,docker0");
    for (RankReport& report : reports)
        report.mpi.tcp_cards = "eth0";
    EXPECT_TRUE(diagnose(reports, {}).empty());
    for (RankReport& report : reports) {
        report.mpi.tcp_cards = "";
        report.mpi.tcp_no_cards = "lo,docker0";
    }
    EXPECT_TRUE(diagnose(reports, {}).empty());
}

TEST(Diagnose, APathMustBeSharedAndWritable) {
    Wishes const wishes{0, 0, {}, "/data"};
    auto reports = make_reports(2, 1);
    reports[1].path = {false, false, false, 0, "", "No such file or directory"};
    expect_one(reports, wishes, Kind::broken, "/data: rank 1 on h1: No such file", "all hosts share");
    reports = make_reports(2, 1);
    reports[1].path = {true, false, false, 0, "ext4", "what rank 0 writes there does not appear"};
    expect_one(reports, wishes, Kind::broken, "does not appear", "all hosts share");
    reports = make_reports(2, 1);
    reports[1].path.bytes = 5;
    expect_one(reports, wishes, Kind::broken, "another size", "all hosts share");
    for (RankReport& report : reports)
        report.path = {true, false, false, 0, "nfs", "cannot be written: Read-only file system"};
    expect_one(reports, wishes, Kind::broken, "rank 0 on h0: cannot be written: Read-only", "writable");
    for (RankReport& report : reports)
        report.path = {false, false, false, 0, "", "No such file or directory"};
    expect_one(reports, wishes, Kind::broken, "rank 0 on h0: No such file", "that is there");
    EXPECT_TRUE(diagnose(reports, {}).empty());  // nobody asked
}

TEST(Diagnose, AFullDiskIsNoPlaceThatIsNotShared) {
    auto reports = make_reports(2, 1);
    reports[0].path = {true, true, false, 0, "nfs", "what rank 1 writes there is not what one reads"};
    reports[1].path = {true, true, false, 0, "nfs", "cannot be written: No space left on device"};
    expect_one(reports, {0, 0, {}, "/data"}, Kind::broken, "/data: rank 1 on h1: cannot be written: No space",
               "make room");
}

TEST(Diagnose, AFileMayBeWhereNobodyWrites) {
    Wishes const wishes{0, 0, {}, "/data/trips.h5"};
    auto reports = make_reports(2, 1);
    for (RankReport& report : reports)
        report.path = {true, false, false, 4096, "nfs", ""};
    reports[0].path.error = "cannot be written: Read-only file system";
    expect_one(reports, wishes, Kind::warning, "its folder cannot be written: Read-only", "only read");
    reports[1].path.bytes = 5;
    expect_one(reports, wishes, Kind::broken, "rank 1 on h1: a file of another size", "all hosts share");
    reports[1].path = {false, false, false, 0, "", "No such file or directory"};
    expect_one(reports, wishes, Kind::broken, "rank 1 on h1: No such file", "all hosts share");
}

TEST(Hosts, AreGroupsOfRanks) {
    auto const reports = make_reports(3, 2);
    auto const hosts = group_by_host(reports);
    ASSERT_EQ(hosts.size(), 3U);
    EXPECT_EQ(hosts[2].name(), "h2");
    EXPECT_EQ(ranks_of(hosts[1]), "2-3");
    EXPECT_EQ(threads_of(hosts[1]), 8);
    EXPECT_EQ(usable_cores(hosts[1]), 8);
}

}  // namespace
}  // namespace tessera::doctor
