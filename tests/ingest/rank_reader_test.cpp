#include "tessera/ingest/rank_reader.hpp"

#include <gtest/gtest.h>

#include <random>

#include "all_shares.hpp"
#include "harness/seed.hpp"
#include "scratch_folder.hpp"
#include "tessera/core/error.hpp"
#include "tessera/synth/generate.hpp"

namespace tessera::ingest {
namespace {

ParseOptions const options{{{-743000000, 404500000, -736000000, 410000000}, 86'400}, true};

class RankReaders : public ::testing::Test {
  protected:
    /// A file of made-up trips, dirty rows among them.
    void add_file(std::mt19937_64& random, std::uint64_t trips) {
        auto const layouts = synth::layouts();
        synth::TripRecipe recipe;
        recipe.layout = &layouts[random() % layouts.size()];
        recipe.trips = trips;
        recipe.seed = random();
        recipe.dirty = random() % 4 ? 0.3 : 0;
        recipe.byte_order_mark = random() % 4 == 0;
        recipe.final_newline = random() % 2 == 0;
        recipe.lone_cr = random() % 5 == 0;
        std::string text;
        synth::generate_trips(recipe, [&](std::span<char const> bytes) { text.append(bytes.begin(), bytes.end()); });
        add_text(text, random() % 3 == 0);
    }
    void add_text(std::string const& text, bool packed) {
        std::string const name = std::to_string(files_.size()) + (packed ? ".csv.gz" : ".csv");
        std::string const path = folder_.write(name, packed ? testing::gzip(text, 1) : text);
        files_.push_back(inspect_file(path, name, {}));
        wanted_.push_back(testing::read_slowly(text, {static_cast<std::uint16_t>(wanted_.size())}, options.rules));
    }
    void expect_right(int ranks, std::function<std::uint64_t()> const& round_bytes) {
        SCOPED_TRACE(::testing::Message() << ranks << " ranks");
        auto const read = testing::read_all_shares(files_, ranks, options, round_bytes);
        for (std::size_t file = 0; file < files_.size(); ++file) {
            SCOPED_TRACE(::testing::Message() << "file " << files_[file].name);
            testing::expect_same(read[file], wanted_[file]);
        }
    }
    testing::ScratchFolder folder_;
    std::vector<InputFile> files_;
    std::vector<testing::SlowFile> wanted_;
};

TEST_F(RankReaders, ReadRandomMixturesAsOneReaderLineByLine) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 20; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        std::mt19937_64 random(seed);
        files_.clear();
        wanted_.clear();
        for (std::uint64_t n = 1 + random() % 4; n > 0; --n)
            add_file(random, 1 + random() % 200);
        for (int ranks = 1; ranks <= 5; ++ranks)
            expect_right(ranks, [&] { return 1 + random() % 40'000; });
        if (HasFailure()) return;
    }
}

TEST_F(RankReaders, ReadLargeFilesInBlocksSideBySide) {
    std::mt19937_64 random(harness::seed());
    for (int n = 0; n < 4; ++n)
        add_file(random, 3000);
    ASSERT_GT(files_[0].bytes, 150'000U) << "a block has 64 KiB";
    for (int const ranks : {1, 3})
        expect_right(ranks, [] { return std::uint64_t{1} << 20; });
}

TEST_F(RankReaders, ReadFilesWithFewBytesForManyRanks) {
    add_text("Date/Time,Lat,Lon,Base\n4/1/2014 0:11:00,40.769,-73.9549,B02512\n\n4/1/2014 0:17:00,40.7267,-74.0345,X",
             false);
    add_text("\n\nDate/Time,Lat,Lon,Base\r\n4/1/2014 0:11:00,40.769,-73.9549,B02512\r\n", true);
    for (int const ranks : {1, 3, 40, 200})
        for (std::uint64_t const bytes : {2U, 1000U})
            expect_right(ranks, [=] { return bytes; });
}

TEST_F(RankReaders, ReadGzipFilesOfManyMembersAndLongLines) {
    std::string text = "Date/Time,Lat,Lon,Base\n", packed;
    for (int i = 0; i < 3000; ++i)
        text += "4/1/2014 0:11:00,40.769,-73.9549,B02512" + std::string(i % 100 ? 0 : 90'000, 'x') + "\n";
    for (std::size_t at = 0; at < text.size(); at += 70'001)
        packed += testing::gzip(std::string_view(text).substr(at, 70'001), 1);
    files_.push_back(inspect_file(folder_.write("members.csv.gz", packed), "members.csv.gz", {}));
    wanted_.push_back(testing::read_slowly(text, {0}, options.rules));
    add_text(text, false);
    expect_right(2, [] { return std::uint64_t{1} << 18; });
}

/// Good rows, one of them as long as may be, one longer by a byte, one longer than any block; and blanks.
TEST_F(RankReaders, RejectLinesThatAreTooLong) {
    std::string const row = "4/1/2014 0:11:00,40.769,-73.9549,B02512", end = "\r\n";
    auto const of_length = [&](std::size_t bytes) { return row + "," + std::string(bytes - row.size() - 1, 'x'); };
    std::string text = "Date/Time,Lat,Lon,Base" + end;
    for (std::size_t const bytes : {longest_line_bytes - 1, std::size_t{40}, longest_line_bytes, std::size_t{50},
                                    longest_line_bytes + (std::size_t{4} << 20), std::size_t{60}})
        text += of_length(bytes) + end;
    text += std::string(longest_line_bytes + 7, ' ') + end + end + of_length(longest_line_bytes + 9);
    add_text(text, false);
    add_text(text, true);
    // A carriage return before the line's end is one of its bytes.
    ASSERT_EQ(wanted_[0].counts.kept, 4U);
    ASSERT_EQ(wanted_[0].rejected.size(), 4U);
    for (int const ranks : {1, 7})
        for (std::uint64_t const bytes : {std::uint64_t{1} << 18, std::uint64_t{1} << 28})
            expect_right(ranks, [=] { return bytes; });
}

TEST_F(RankReaders, TellHowFarTheyAre) {
    std::mt19937_64 random(harness::seed());
    for (int n = 0; n < 4; ++n)
        add_file(random, 300);
    std::uint64_t total = 0, read = 0;
    for (InputFile const& file : files_)
        total += file.gzip ? file.bytes : file.bytes - file.body_begin;
    for (Share const& share : share_out(files_, 3)) {
        RankReader reader(files_, share, options);
        while (!reader.done())
            reader.read_round(10'000);
        EXPECT_TRUE(reader.read_round(10'000).empty());
        read += reader.bytes_read();
    }
    EXPECT_EQ(read, total);
}

TEST_F(RankReaders, ThrowWhereAFileFails) {
    std::string text = "Date/Time,Lat,Lon,Base\n";
    for (int i = 0; i < 40'000; ++i)
        text += std::to_string(1 + i % 12) + "/1/2014 0:11:00,40." + std::to_string(i) + ",-73.9549,B02512\n";
    add_text(text, true);
    add_text(text, false);
    std::string const packed = testing::gzip(text, 1);
    folder_.write("0.csv.gz", packed.substr(0, packed.size() - 4));
    RankReader inflating(files_, {{}, {0}}, options);
    EXPECT_THROW(while (!inflating.done()) inflating.read_round(1 << 18), core::DataError);
    folder_.write("1.csv", text.substr(0, text.size() / 2));
    RankReader reading(files_, {{{1, files_[1].body_begin, files_[1].bytes}}, {}}, options);
    EXPECT_THROW(while (!reading.done()) reading.read_round(1 << 18), core::DataError);
}

}  // namespace
}  // namespace tessera::ingest
