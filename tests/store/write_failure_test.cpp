#include <gtest/gtest.h>

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

}  // namespace
}  // namespace tessera::store
