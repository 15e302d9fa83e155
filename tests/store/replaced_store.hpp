#pragma once
#include <numeric>

#include "made_up_store.hpp"

namespace tessera::store::testing {

/// A store, and another one that is to be written in its place.
class ReplacedStore : public ::testing::Test {
  protected:
    ReplacedStore() {
        old_.write({path_});
        comm::barrier(world());
        old_bytes_ = bytes_of(path_);
        comm::barrier(world());
    }
    /// Collective.
    void expect_old_store() {
        comm::barrier(world());
        EXPECT_EQ(bytes_of(path_) == old_bytes_, true) << "the old store has changed";
        comm::barrier(world());
    }
    /// Local. The new one is there, and whole.
    void expect_new_store() {
        OpenStore const store = open_store(self(), path_);
        std::vector<std::size_t> every(store.tiles.size());
        std::iota(every.begin(), every.end(), std::size_t{0});
        auto const loaded = read_tiles(self(), store, every, core::ColumnSet::all());
        tiling::testing::expect_same_trips(loaded.trips, new_.loaded.trips);
    }
    Random random_{harness::seed()};
    SharedFolder folder_;
    MadeUpStore old_{random_, 300, 40}, new_{random_, 5000, 40};
    std::string path_ = folder_.path("t.h5"), partial_ = path_ + ".partial", old_bytes_;
};

}  // namespace tessera::store::testing
