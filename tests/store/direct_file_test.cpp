#include "direct_file.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "made_up_store.hpp"
#include "open_file.hpp"

// When a store is read past HDF5, and what happens where its file is not what it was.
namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing

class Direct : public ::testing::Test {
  protected:
    OpenStore open(Compression compression) {
        made_.write({.path = path_, .overwrite = true, .compression = compression});
        return open_store(world(), path_);
    }

    Random random_{harness::seed()};
    SharedFolder folder_;
    MadeUpStore made_{random_, 3000, 100};
    std::string path_ = folder_.path("t.h5");
};

TEST_F(Direct, OnlyColumnsThatLieInTheFileAsTheyAreInMemory) {
    EXPECT_TRUE(open(Compression::none).file->direct);
    EXPECT_FALSE(open(Compression::deflate).file->direct);
}

TEST_F(Direct, AFileThatEndsEarlyIsAnErrorOnAllRanks) {
    OpenStore const store = open(Compression::none);
    comm::barrier(world());
    if (world().is_root()) std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
    comm::barrier(world());
    std::vector<std::size_t> tiles(store.tiles.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    if (world().rank() % 2 == 1) tiles.clear();
    std::string const message = error_of([&] { read_tiles(world(), store, tiles, core::ColumnSet::all()); });
    EXPECT_NE(message.find("is cut short"), std::string::npos) << message;
}

TEST_F(Direct, AFileThatWasReplacedIsAnError) {
    open(Compression::none);
    FileVersion const before = version_of(path_);
    DirectFile(path_).require(before);
    comm::barrier(world());
    MadeUpStore const other{random_, 500, 100};
    other.write({.path = path_, .overwrite = true, .compression = Compression::none});
    EXPECT_NE(version_of(path_), before);
    EXPECT_THROW(DirectFile(path_).require(before), core::DataError);
    EXPECT_EQ(version_of(folder_.path("absent.h5")), FileVersion{});
}

TEST_F(Direct, AFileThatIsNotThereIsAnError) {
    EXPECT_THROW(DirectFile(folder_.path("absent.h5")), core::DataError);
}

}  // namespace
}  // namespace tessera::store
