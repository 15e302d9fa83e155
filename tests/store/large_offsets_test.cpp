#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "column_file.hpp"
#include "dataset.hpp"
#include "harness/room.hpp"
#include "made_up_store.hpp"
#include "open_file.hpp"
#include "read_directly.hpp"

// Rows beyond 2^32, in a file of holes: the columns of five billion trips take no place on the disk but for the rows
// that are written.
namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing
using tiling::testing::expect_same_trips;

constexpr std::uint64_t trips = 5'000'000'000;

class LargeOffsets : public ::testing::Test {
  protected:
    LargeOffsets() {
        for (std::size_t column = 0; column < core::column_count; ++column)
            offsets_[column] = 4096 + column * trips * sizeof(std::uint32_t);
        write_bytes(path_, "");
        // A table of which ranks have tiles of `rows` trips, far apart; what lies between is nobody's.
        std::uint64_t at = 0;
        for (int rank = 0; rank < world().size(); ++rank) {
            std::uint64_t const far = trips / 2 + (trips / 2 - rows) / 4 * static_cast<std::uint64_t>(rank + 1);
            first_.insert(first_.end(), {at, far});
            at = far + rows;
        }
        first_.insert(first_.end(), {at, trips});
        tiles_.first_trip = first_;
    }
    /// What this rank has to write, all of it beyond 2^31 rows, most of it beyond 2^32.
    core::TripTable const& mine() const { return made_.loaded.trips; }

    static constexpr std::size_t rows = 40'000;
    Random random_{harness::seed() + static_cast<std::uint64_t>(world().rank())};
    SharedFolder folder_;
    MadeUpStore made_{random_, rows, 100};
    std::string path_ = folder_.path("holes");
    ColumnOffsets offsets_{};
    geo::TileTable tiles_;
    std::vector<std::uint64_t> first_;
};

TEST_F(LargeOffsets, AreWrittenAndReadAsAnyOther) {
    std::size_t const tile = 2 * static_cast<std::size_t>(world().rank()) + 1;
    StorePart const part(tiles_, tile, tile + 1, mine());
    ASSERT_EQ(part.rows(), rows);
    std::string said;
    try {
        write_columns(path_, offsets_, part);
    } catch (core::DataError const& error) {
        said = error.what();
    }
    comm::barrier(world());
    if (said.find("File too large") != std::string::npos)
        GTEST_SKIP() << "SKIP: the file system has no files of 360 GB, be they of holes: " << said;
    ASSERT_EQ(said, "");

    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_GT(static_cast<std::uint64_t>(status.st_size), offsets_.back() + (std::uint64_t{1} << 32));

    OpenStore::File file;
    file.offsets = offsets_;
    file.raw = std::make_unique<DirectFile>(path_);
    file.direct = true;  // without checksums
    // One piece, and pieces of which some rows are too many.
    RowRange const all{part.first_row(), part.first_row() + rows};
    expect_same_trips(read_directly(file, {all}, core::ColumnSet::all()), mine());
    std::vector<RowRange> wanted;
    core::TripTable some;
    for (std::size_t row = 0; row < rows; row += 3) {
        wanted.push_back({all.first + row, all.first + row + 1});
        append(some, trip_at(mine(), row));
    }
    expect_same_trips(read_directly(file, wanted, core::ColumnSet::all()), some);
}

TEST(LargePlans, CutFiveBillionRowsIntoRounds) {
    constexpr std::uint64_t a_round = bytes_a_call / sizeof(std::uint32_t);
    ReadPlan const plan = plan_reading({{0, 7}, {10, trips}}, {}, 1, a_round);
    EXPECT_EQ(plan.rows, trips - 3);
    EXPECT_EQ(plan.rounds.size(), (trips + a_round - 1) / a_round);
    std::uint64_t next = 0;
    for (auto const& round : plan.rounds) {
        ASSERT_EQ(round.size(), 1U);
        EXPECT_EQ(round[0].first, next);
        EXPECT_LE(round[0].size(), a_round);
        next = round[0].last;
    }
    EXPECT_EQ(next, trips);
}

}  // namespace
}  // namespace tessera::store
