#include <gtest/gtest.h>

#include "made_up_store.hpp"

// Every rank draws the same random numbers to make the store, and its own ones to read from it.
namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing

Random my_random(std::uint64_t seed) {
    return Random(seed * 100 + static_cast<std::uint64_t>(world().rank()));
}

core::ColumnSet random_columns(Random& random) {
    core::ColumnSet columns;
    for (std::size_t c = 0; c < core::column_count; ++c)
        if (pick(random, 0, 2) == 0) columns.add(static_cast<core::Column>(c));
    return columns;
}

void expect_columns(core::TripTable const& found, core::TripTable const& wanted, core::ColumnSet columns) {
    core::for_each_column([&](auto const& place) {
        auto const& column = found.*place.in_table;
        if (!columns.has(place.id)) {
            EXPECT_TRUE(column.empty()) << core::text_of(place.id).name << " was not asked for";
            return;
        }
        EXPECT_EQ(column == wanted.*place.in_table, true) << core::text_of(place.id).name;
    });
}

/// Columns that lie in the file as they are, and are read past HDF5; and columns that it takes apart, all ranks
/// together.
class ReadSome : public ::testing::TestWithParam<Compression> {
  protected:
    void SetUp() override {
        made_.write({.path = folder_.path("t.h5"), .overwrite = false, .compression = GetParam()});
        store_ = open_store(world(), folder_.path("t.h5"));
    }
    void TearDown() override { store_.file.reset(); }  // on all ranks together

    void expect_tiles(std::vector<std::size_t> const& tiles, core::ColumnSet columns) {
        geo::LoadedTiles const loaded = read_tiles(world(), store_, tiles, columns);
        geo::TileTable const& all = made_.loaded.tiles;
        geo::TileTable wanted;
        wanted.first_trip.push_back(0);
        core::TripTable trips;
        std::vector<std::uint64_t> rows;
        for (std::size_t const tile : tiles) {
            append_tile(wanted, all, tile);
            rows.push_back(all.first_trip[tile]);
            for (std::uint64_t row = all.first_trip[tile]; row < all.first_trip[tile + 1]; ++row)
                append(trips, trip_at(made_.loaded.trips, row));
        }
        tiling::testing::expect_same_tiles(loaded.tiles, wanted);
        EXPECT_EQ(loaded.store_row, rows);
        expect_columns(loaded.trips, trips, columns);
    }
    void expect_rows(std::vector<std::uint64_t> const& rows) {
        core::TripTable wanted;
        for (std::uint64_t const row : rows)
            append(wanted, trip_at(made_.loaded.trips, row));
        tiling::testing::expect_same_trips(read_rows(world(), store_, rows), wanted);
    }

    Random random_{harness::seed()};
    SharedFolder folder_;
    MadeUpStore made_{random_, 20'000, 8};  // thousands of tiles: more pieces than one call takes
    OpenStore store_;
};

TEST_P(ReadSome, TilesAndColumns) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 25; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random random(seed);
        core::ColumnSet const columns = random_columns(random);  // all ranks read the same columns
        Random mine = my_random(seed);
        std::int64_t const sparse = pick(mine, 1, pick(mine, 1, 1000));
        std::vector<std::size_t> tiles;
        for (std::size_t tile = 0; tile < made_.loaded.tiles.size(); ++tile)
            if (pick(mine, 1, sparse) == 1) tiles.push_back(tile);
        if (pick(mine, 0, 5) == 0) tiles.clear();
        expect_tiles(tiles, columns);
    }
}

TEST_P(ReadSome, EveryOtherTile) {
    std::vector<std::size_t> tiles;
    for (std::size_t tile = 0; tile < made_.loaded.tiles.size(); tile += 2)
        tiles.push_back(tile);
    ASSERT_GT(tiles.size(), 1000U);
    expect_tiles(tiles, core::ColumnSet::all());
    expect_tiles(world().is_root() ? std::vector<std::size_t>() : tiles, core::ColumnSet::all());
    expect_tiles(tiles, {});
}

TEST_P(ReadSome, NoTilesOnAnyRank) {
    expect_tiles({}, core::ColumnSet::all());
    expect_rows({});
}

TEST_P(ReadSome, RowsInAnyOrder) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 8; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Random mine = my_random(seed);
        std::int64_t const sparse = pick(mine, 2, pick(mine, 2, 3000));
        std::vector<std::uint64_t> rows;
        for (std::uint64_t row = 0; row < made_.loaded.trips.size(); ++row)
            if (pick(mine, 1, sparse) == 1) rows.push_back(row);
        std::shuffle(rows.begin(), rows.end(), mine);
        if (pick(mine, 0, 4) == 0) rows.clear();
        expect_rows(rows);
    }
}

TEST_P(ReadSome, EveryOtherRowOfTwoPlacesFarApart) {
    // More pieces than one call takes, which joining makes two: with a gap between them, and rows that nobody wants.
    std::vector<std::uint64_t> rows;
    for (std::uint64_t row = 0; row < 1000; row += 2)
        rows.insert(rows.end(), {row, 15'000 + row + 1});
    expect_rows(rows);
    expect_rows(world().is_root() ? std::vector<std::uint64_t>{7} : rows);
}

TEST_P(ReadSome, TheFirstAndTheLastRow) {
    expect_rows({19'999, 0});
    expect_rows(world().rank() % 2 ? std::vector<std::uint64_t>{19'999} : std::vector<std::uint64_t>{});
}

INSTANTIATE_TEST_SUITE_P(Layouts, ReadSome, ::testing::Values(Compression::none, Compression::deflate),
                         [](auto const& layout) {
                             return layout.param == Compression::none ? "AsTheyAre" : "Compressed";
                         });

}  // namespace
}  // namespace tessera::store
