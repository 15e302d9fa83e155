#include <gtest/gtest.h>

#include "made_up_store.hpp"
#include "resealed.hpp"

namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing

class OpenErrors : public ::testing::Test {
  protected:
    /// What all ranks are told, by opening and by peeking alike; empty where the store opens.
    std::string open_error(std::string const& path) {
        std::string const message = error_of([&] { open_store(world(), path); });
        EXPECT_EQ(error_of([&] { peek_store(world(), path); }), message);
        return message;
    }
    void expect_error(std::string const& bytes, std::initializer_list<std::string> words) {
        write_bytes(path_, bytes);
        std::string const message = open_error(path_);
        for (std::string const& word : words)
            EXPECT_NE(message.find(word), std::string::npos) << "no '" << word << "' in: " << message;
    }
    /// The bytes of a good store, or of one that was changed before it was written.
    std::string store_bytes(void (*change)(MadeUpStore&) = [](MadeUpStore&) {}) {
        Random random(harness::seed());
        MadeUpStore made(random, 600, 40);
        change(made);
        made.write({path_, true});
        comm::barrier(world());
        std::string const bytes = bytes_of(path_);
        comm::barrier(world());
        return bytes;
    }
    SharedFolder folder_;
    std::string path_ = folder_.path("t.h5");
};

/// The text with a word replaced by one of the same length, wherever it stands.
std::string replace(std::string text, std::string const& word, std::string const& by) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos;)
        text.replace(at, word.size(), by);
    return text;
}

TEST_F(OpenErrors, AGoodStoreHasNone) {
    expect_error(store_bytes(), {""});
    EXPECT_EQ(open_error(path_), "");
}

TEST_F(OpenErrors, NothingThere) {
    std::string const message = open_error(folder_.path("missing.h5"));
    EXPECT_NE(message.find("missing.h5: no such store"), std::string::npos) << message;
    EXPECT_NE(open_error(folder_.path("")).find("is no file"), std::string::npos);
}

TEST_F(OpenErrors, NoHdf5) {
    expect_error("", {path_, "is not a Tessera store"});
    expect_error("vendor_id,pickup_datetime\n", {path_, "is not a Tessera store"});
    expect_error(std::string(10'000, '\0'), {path_, "is not a Tessera store"});
}

TEST_F(OpenErrors, SomebodyElsesHdf5) {
    expect_error(resealed(replace(store_bytes(), "tessera", "netcdf4")),
                 {path_, "is an HDF5 file but not a Tessera store"});
    expect_error(resealed(replace(store_bytes(), std::string("format\0\0", 8), std::string("fromat\0\0", 8))),
                 {path_, "is an HDF5 file but not a Tessera store"});
}

TEST_F(OpenErrors, ANewerFormat) {
    expect_error(store_bytes([](MadeUpStore& made) { made.header.format_version = 3; }),
                 {path_, "format version 3", "reads up to 2", "tessera test"});
}

TEST_F(OpenErrors, CutShort) {
    std::string const bytes = store_bytes();
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < 60; ++i)
        lengths.push_back(bytes.size() * i / 60);
    for (std::size_t i = 1; i < 12; ++i)
        lengths.insert(lengths.end(), {i * 8, bytes.size() - i * i});
    for (std::size_t const length : lengths) {
        SCOPED_TRACE(::testing::Message() << length << " of " << bytes.size() << " bytes");
        expect_error(bytes.substr(0, length), {path_});
    }
}

TEST_F(OpenErrors, TablesThatAreMissing) {
    std::string const bytes = store_bytes();
    for (char const* const name : {"dropoff_box", "pickup_lat", "passengers", "negative_fare", "longest_trip\0"}) {
        SCOPED_TRACE(name);
        std::string other = name;
        other.back() = '_';
        expect_error(resealed(replace(bytes, name, other)),
                     {path_, "is damaged", "missing", "copy or ingest it again"});
    }
}

TEST_F(OpenErrors, TablesThatContradictThemselves) {
    constexpr auto contradiction = "the tile table contradicts itself";
    expect_error(store_bytes([](MadeUpStore& made) { std::swap(made.loaded.tiles.key[1], made.loaded.tiles.key[2]); }),
                 {path_, contradiction});
    expect_error(store_bytes([](MadeUpStore& made) { made.loaded.tiles.level[0] = 25; }), {path_, contradiction});
    expect_error(store_bytes([](MadeUpStore& made) { made.loaded.tiles.last_time[1] = {1}; }), {path_, contradiction});
    expect_error(store_bytes([](MadeUpStore& made) { made.loaded.tiles.pickup_box[1] = {}; }), {path_, contradiction});
    expect_error(store_bytes([](MadeUpStore& made) { ++made.header.trips; }), {path_, contradiction});
}

}  // namespace
}  // namespace tessera::store
