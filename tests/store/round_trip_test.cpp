#include <gtest/gtest.h>

#include <numeric>

#include "made_up_store.hpp"

// Every rank draws the same random numbers, and so knows the whole store.
namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing

void expect_same_header(StoreHeader const& found, StoreHeader const& wanted, bool is_root) {
    EXPECT_EQ(found.trips, wanted.trips);
    EXPECT_EQ(found.tile_trips, wanted.tile_trips);
    EXPECT_EQ(found.region, wanted.region);
    EXPECT_EQ(found.longest_trip_s, wanted.longest_trip_s);
    if (!is_root) return;
    EXPECT_EQ(found.format_version, 2U);
    EXPECT_EQ(found.program, wanted.program);
    EXPECT_EQ(found.ledger, wanted.ledger);
}

/// Each rank reads all of the store and finds what was written.
void expect_whole(comm::Communicator const& comm, std::string const& path, MadeUpStore const& wanted) {
    OpenStore const store = open_store(comm, path);
    expect_same_header(store.header, wanted.header, comm.is_root());
    tiling::testing::expect_same_tiles(store.tiles, wanted.loaded.tiles);
    std::vector<std::size_t> every(store.tiles.size());
    std::iota(every.begin(), every.end(), std::size_t{0});
    geo::LoadedTiles const loaded = read_tiles(comm, store, every, core::ColumnSet::all());
    tiling::testing::expect_same_tiles(loaded.tiles, wanted.loaded.tiles);
    tiling::testing::expect_same_trips(loaded.trips, wanted.loaded.trips);
    EXPECT_EQ(loaded.store_row, wanted.loaded.store_row);
}

TEST(RoundTrip, WhatWasWrittenIsRead) {
    SharedFolder const folder;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 8; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        auto const trips = static_cast<std::size_t>(pick(random, 1, 1500));
        MadeUpStore const made(random, trips, static_cast<std::size_t>(pick(random, 1, 300)));
        for (Compression const compression : {Compression::none, Compression::deflate}) {
            WriteOptions const options{folder.path("t.h5"), true, compression};
            made.write(options);
            expect_whole(world(), options.path, made);
            EXPECT_FALSE(std::filesystem::exists(options.path + ".partial"));
        }
    }
}

TEST(RoundTrip, OneRankWritesAndReadsTheSameAsAll) {
    SharedFolder const folder;
    Random random(harness::seed());
    MadeUpStore const made(random, 3000, 64);
    WriteOptions const together{folder.path("together.h5")};
    made.write(together);
    WriteOptions const alone{folder.path(std::to_string(world().rank()) + ".h5")};
    made.write_alone(alone);
    expect_whole(self(), together.path, made);
    expect_whole(self(), alone.path, made);
    comm::barrier(world());
    expect_whole(world(), folder.path("0.h5"), made);
    EXPECT_EQ(std::filesystem::file_size(together.path), std::filesystem::file_size(alone.path));
}

TEST(RoundTrip, RanksWithNothingToWrite) {
    SharedFolder const folder;
    Random random(harness::seed());
    MadeUpStore made(random, 500, 50);
    for (int writer = 0; writer < world().size(); ++writer)
        for (Compression const compression : {Compression::none, Compression::deflate}) {
            for (std::size_t r = 1; r + 1 < made.cuts.size(); ++r)
                made.cuts[r] = static_cast<int>(r) <= writer ? 0 : made.loaded.tiles.size();
            WriteOptions const options{folder.path("t.h5"), true, compression};
            made.write(options);
            expect_whole(world(), options.path, made);
        }
}

TEST(RoundTrip, AStoreWithoutTrips) {
    SharedFolder const folder;
    Random random(harness::seed());
    MadeUpStore made(random, 0, 50);
    ASSERT_EQ(made.loaded.tiles.size(), 0U);
    for (Compression const compression : {Compression::none, Compression::deflate}) {
        WriteOptions const options{folder.path("t.h5"), true, compression};
        made.write(options);
        expect_whole(world(), options.path, made);
    }
    made.header.ledger.clear();
    made.write({folder.path("no_files.h5")});
    expect_whole(world(), folder.path("no_files.h5"), made);
}

TEST(RoundTrip, PeekingTellsTheSameAndOpensNothing) {
    SharedFolder const folder;
    Random random(harness::seed());
    MadeUpStore const made(random, 700, 30);
    made.write({folder.path("t.h5")});
    OpenStore const store = peek_store(world(), folder.path("t.h5"));
    expect_same_header(store.header, made.header, world().is_root());
    tiling::testing::expect_same_tiles(store.tiles, made.loaded.tiles);
    EXPECT_EQ(store.file, nullptr);
    EXPECT_EQ(store.path, folder.path("t.h5"));
}

}  // namespace
}  // namespace tessera::store
