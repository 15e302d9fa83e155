#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <numeric>
#include <optional>

#include "made_up_store.hpp"

namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing
namespace fs = std::filesystem;

/// A store, and another one that is to be written in its place.
class WriteFailure : public ::testing::Test {
  protected:
    WriteFailure() {
        old_.write({path_});
        comm::barrier(world());
        old_bytes_ = bytes_of(path_);
        comm::barrier(world());
    }
    void expect_old_store() {
        comm::barrier(world());
        EXPECT_EQ(bytes_of(path_) == old_bytes_, true) << "the old store has changed";
        comm::barrier(world());
    }
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

TEST_F(WriteFailure, AStoreIsNotOverwrittenUnasked) {
    std::string const message = error_of([&] { new_.write({path_}); });
    EXPECT_NE(message.find("--overwrite"), std::string::npos) << message;
    EXPECT_FALSE(fs::exists(partial_));
    expect_old_store();
}

TEST_F(WriteFailure, AStoreIsReplacedWhereAsked) {
    new_.write({path_, true});
    expect_new_store();
    EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(WriteFailure, LeftoversOfARunThatDiedAreNoHindrance) {
    write_bytes(partial_, "half a store");
    new_.write({path_, true});
    EXPECT_EQ(peek_store(world(), path_).header.trips, 5000U);
    EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(WriteFailure, APartialFileThatCannotBeMadeIsAnError) {
    if (world().is_root()) fs::create_directories(partial_ + "/keeps it");
    comm::barrier(world());
    std::string const message = error_of([&] { new_.write({path_, true}); });
    EXPECT_NE(message.find(partial_), std::string::npos) << message;
    EXPECT_TRUE(fs::is_directory(partial_)) << "it is somebody's";
    expect_old_store();
    EXPECT_NE(error_of([&] { new_.write({folder_.path("gone/t.h5")}); }), "");
}

/// Files of this process can grow no further, as on a full disk.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &old_);
        rlimit const now{bytes, old_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        ::signal(SIGXFSZ, old_handler_);
    }
    FullDisk(FullDisk const&) = delete;
    FullDisk& operator=(FullDisk const&) = delete;

  private:
    rlimit old_{};
    void (*old_handler_)(int) = nullptr;
};

struct FullDiskCase {
    bool everywhere;  ///< or on the last rank alone
    rlim_t bytes;
};

class FullDiskAfter : public WriteFailure, public ::testing::WithParamInterface<FullDiskCase> {};

TEST_P(FullDiskAfter, LeavesNoPartialFile) {
    std::string message;
    {
        std::optional<FullDisk> full;
        if (GetParam().everywhere || world().rank() == world().size() - 1) full.emplace(GetParam().bytes);
        message = error_of([&] { new_.write({path_, true}); });
    }
    comm::barrier(world());
    EXPECT_FALSE(fs::exists(partial_));
    if (message.empty() && !GetParam().everywhere) {
        expect_new_store();  // others may have written that rank's part
        return;
    }
    EXPECT_NE(message.find("writing the store"), std::string::npos) << message;
    expect_old_store();
    new_.write({path_, true});
    EXPECT_EQ(peek_store(world(), path_).header.trips, 5000U);
}

INSTANTIATE_TEST_SUITE_P(Disks, FullDiskAfter,
                         ::testing::Values(FullDiskCase{true, 0}, FullDiskCase{true, 3000}, FullDiskCase{true, 100'000},
                                           FullDiskCase{false, 100'000}),
                         [](auto const& one) {
                             return (one.param.everywhere ? "Everywhere" : "OnOneRank") +
                                    std::to_string(one.param.bytes);
                         });

}  // namespace
}  // namespace tessera::store
