#include "tessera/app/store_digest.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tessera::app {
namespace {

/// A store whose file has that many bytes.
store::OpenStore store_of(std::string const& name, std::size_t bytes) {
    store::OpenStore store;
    store.path = ::testing::TempDir() + "store_digest_" + name;
    std::ofstream(store.path) << std::string(bytes, 'x');
    return store;
}

TEST(StoreDigest, TellsStoresApart) {
    auto const store = store_of("a", 10);
    EXPECT_EQ(digest_of(store), digest_of(store));
    auto other = store;
    other.tiles.key = {2};
    EXPECT_NE(digest_of(store), digest_of(other));
    other = store;
    other.header.ledger.push_back({"a.csv", "yellow", 10, {}});
    EXPECT_NE(digest_of(store), digest_of(other));
    std::filesystem::remove(store.path);
}

TEST(StoreDigest, SeesThatTheFileWasWrittenAgain) {
    auto const store = store_of("b", 10);
    auto const before = digest_of(store);
    auto const written = std::filesystem::last_write_time(store.path);
    std::filesystem::last_write_time(store.path, written + std::chrono::seconds(1));
    auto const later = digest_of(store);
    EXPECT_NE(before, later);
    store_of("b", 11);
    std::filesystem::last_write_time(store.path, written);
    EXPECT_NE(before, digest_of(store));
    std::filesystem::remove(store.path);
}

}  // namespace
}  // namespace tessera::app
