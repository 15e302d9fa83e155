#include "tessera/doctor/examine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/doctor/try_path.hpp"

namespace tessera::doctor {
namespace {

namespace fs = std::filesystem;
using harness::world;

/// A folder of all ranks.
class Examine : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "tessera_doctor_XXXXXX";
        if (world().is_root()) name = mkdtemp(name.data());
        comm::broadcast_resized(world(), name);
        folder_ = name;
    }
    void TearDown() override {
        comm::barrier(world());
        if (world().is_root()) fs::remove_all(folder_);
    }
    bool nothing_is_left() const { return fs::is_empty(folder_); }

    fs::path folder_;
};

TEST_F(Examine, FindsEveryRankOnOneHost) {
    auto const reports = examine(world(), {3, "HDF5 1.2.3", true}, {});
    ASSERT_EQ(reports.size(), world().is_root() ? static_cast<std::size_t>(world().size()) : 0U);
    for (std::size_t rank = 0; rank < reports.size(); ++rank) {
        EXPECT_EQ(reports[rank].rank, static_cast<int>(rank));
        EXPECT_EQ(reports[rank].host, 0);
        EXPECT_EQ(reports[rank].threads, 3);
        EXPECT_EQ(reports[rank].hdf5, "HDF5 1.2.3");
        EXPECT_EQ(reports[rank].mpi.library.substr(0, 8), "Open MPI");
        EXPECT_EQ(reports[rank].facts.host, reports[0].facts.host);
        EXPECT_FALSE(reports[rank].path.sees_it);  // nobody asked
    }
}

TEST_F(Examine, AFolderOfAllIsShared) {
    PathView const view = try_path(world(), folder_);
    EXPECT_TRUE(view.sees_it);
    EXPECT_TRUE(view.sees_probe);
    EXPECT_TRUE(view.writes_together);
    EXPECT_EQ(view.error, "");
    comm::barrier(world());
    EXPECT_TRUE(nothing_is_left());
}

TEST_F(Examine, AFileIsLookedAtAndItsFolderTried) {
    fs::path const file = folder_ / "store.h5";
    if (world().is_root()) std::ofstream(file) << "12345";
    comm::barrier(world());
    PathView const view = try_path(world(), file);
    EXPECT_TRUE(view.writes_together);
    EXPECT_EQ(view.bytes, 5U);
    std::ifstream content(file);
    std::string text;
    content >> text;
    EXPECT_EQ(text, "12345");  // left as it was
}

TEST_F(Examine, APlaceOfOneRankIsNotShared) {
    // Every rank has its own place of another name: as if each host had its own file system.
    fs::path const own = folder_ / std::to_string(world().rank());
    fs::create_directory(own);
    comm::barrier(world());
    // What the root makes is seen by its full name here, so that the ranks differ in what is there, not in the probe.
    PathView const view = try_path(world(), world().is_root() ? own : own / "missing");
    EXPECT_EQ(view.sees_it, world().is_root());
    if (!world().is_root()) {
        EXPECT_EQ(view.error, "No such file or directory");
    }
    comm::barrier(world());
    EXPECT_TRUE(fs::is_empty(own));
}

TEST_F(Examine, APlaceThatIsNotThereIsToldByAll) {
    PathView const view = try_path(world(), folder_ / "no" / "such");
    EXPECT_FALSE(view.sees_it);
    EXPECT_FALSE(view.writes_together);
    EXPECT_EQ(view.error, "No such file or directory");
}

}  // namespace
}  // namespace tessera::doctor
