#include <gtest/gtest.h>
#include <sys/stat.h>

#include "replaced_store.hpp"

namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing
namespace fs = std::filesystem;

class WriteFailure : public ReplacedStore {};

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
    expect_new_store();
    EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(WriteFailure, APartialFileThatCannotBeMadeIsAnError) {
    if (world().is_root()) fs::create_directories(partial_ + "/keeps it");
    comm::barrier(world());
    std::string const message = error_of([&] { new_.write({path_, true}); });
    EXPECT_NE(message.find(path_), std::string::npos) << message;
    EXPECT_TRUE(fs::is_directory(partial_)) << "it is somebody's";
    expect_old_store();
    EXPECT_NE(error_of([&] { new_.write({folder_.path("gone/t.h5")}); }), "");
}

TEST_F(WriteFailure, WhatIsBehindALinkOfThePartialNameIsUntouched) {
    std::string const other = folder_.path("somebody's");
    write_bytes(other, "precious");
    if (world().is_root()) fs::create_symlink(other, partial_);
    comm::barrier(world());
    EXPECT_FALSE(has_left_over(path_));
    EXPECT_NE(error_of([&] { new_.write({path_, true}); }).find(partial_), std::string::npos);
    EXPECT_TRUE(bytes_of(other) == "precious");  // else a whole store would be printed
    expect_old_store();
}

TEST_F(WriteFailure, NobodyWaitsForAPipeOfThePartialName) {
    if (world().is_root()) {
        ASSERT_EQ(::mkfifo(partial_.c_str(), 0600), 0);
    }
    comm::barrier(world());
    EXPECT_FALSE(has_left_over(path_));
    EXPECT_NE(error_of([&] { new_.write({path_, true}); }).find("is no file"), std::string::npos);
    EXPECT_TRUE(fs::is_fifo(partial_)) << "it is somebody's";
    expect_old_store();
}

}  // namespace
}  // namespace tessera::store
