#include "tessera/ingest/parse_block.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "tessera/core/error.hpp"

namespace tessera::ingest {
namespace {

ParseOptions const options{{{-743000000, 404500000, -736000000, 410000000}, 86'400}, true};
constexpr core::FileId id{3};
std::string const good = "4/1/2014 0:11:00,40.769,-73.9549,B02512";
std::string const outside = "4/1/2014 0:11:00,42.3,-71.06,B02512";
std::string const broken = "yesterday,40.769,-73.9549,B02512";

InputFile uber_file(char line_end = '\n') {
    InputFile file;
    file.name = "u.csv";
    file.line_end = line_end;
    file.binding = bind_header("Date/Time,Lat,Lon,Base", {}, "u.csv");
    return file;
}

std::vector<std::uint32_t> lines_of(ParsedBlock const& block) {
    std::vector<std::uint32_t> lines;
    for (core::Trip const& trip : core::list_trips(block.trips))
        lines.push_back(trip.line.count);
    return lines;
}

using Lines = std::vector<std::uint32_t>;

TEST(ParseBlock, CountsLinesAsTheyStand) {
    std::string const text = good + "\r\n\n\r\n" + outside + "\n \t\n" + good + "\n" + broken + "\r\n" + good;
    ParsedBlock const block = parse_block(text, uber_file(), id, 10, options);
    EXPECT_EQ(lines_of(block), (Lines{10, 15, 17}));
    core::LedgerCounts wanted;
    wanted.lines = 8;
    wanted.blank = 3;
    wanted.kept = 3;
    wanted.rejected = {1, 0, 1, 0, 0};
    EXPECT_EQ(block.counts, wanted);
    EXPECT_TRUE(block.counts.adds_up());
    ASSERT_EQ(block.rejected.size(), 2U);
    EXPECT_EQ(block.rejected[0].line.count, 13U);
    EXPECT_EQ(block.rejected[0].text, outside);
    EXPECT_EQ(block.rejected[0].reason, core::Reject::outside_region);
    EXPECT_EQ(block.rejected[0].file, id);
    EXPECT_EQ(block.rejected[1].line.count, 16U);
    EXPECT_EQ(block.rejected[1].text, broken) << "without its carriage return";
    for (core::Trip const& trip : core::list_trips(block.trips))
        EXPECT_EQ(trip.file, id);
}

TEST(ParseBlock, AFinalLineEndMakesNoLine) {
    EXPECT_EQ(parse_block(good + "\n", uber_file(), id, 1, options).counts.lines, 1U);
    EXPECT_EQ(parse_block(good, uber_file(), id, 1, options).counts.lines, 1U);
    EXPECT_EQ(parse_block("\n", uber_file(), id, 1, options).counts.blank, 1U);
    EXPECT_EQ(parse_block("", uber_file(), id, 1, options).counts, core::LedgerCounts());
}

TEST(ParseBlock, EndsLinesAsTheFileDoes) {
    ParsedBlock const block = parse_block(good + "\r\r" + broken + "\r" + good + "\r", uber_file('\r'), id, 2, options);
    EXPECT_EQ(lines_of(block), (Lines{2, 5}));
    EXPECT_EQ(block.counts.lines, 4U);
    ASSERT_EQ(block.rejected.size(), 1U);
    EXPECT_EQ(block.rejected[0].text, broken);
}

TEST(ParseBlock, KeepsRejectedRowsOnlyWhereAsked) {
    ParseOptions quiet = options;
    quiet.keep_rejected = false;
    ParsedBlock const block = parse_block(broken + "\n" + outside, uber_file(), id, 1, quiet);
    EXPECT_EQ(block.counts.rejected_total(), 2U);
    EXPECT_TRUE(block.rejected.empty());
}

TEST(ParseBlock, KeepsTripsOfManyRows) {
    // Around the number of rows in a chunk.
    for (std::size_t const rows : {2047U, 2048U, 2049U, 4096U, 10'000U}) {
        std::string text;
        for (std::size_t i = 0; i < rows; ++i)
            text += "4/1/2014 0:00:" + std::to_string(i % 60) + ",40.769,-73.9549,B02512\n" + (i % 7 ? "" : "\n");
        ParsedBlock const block = parse_block(text, uber_file(), id, 1, options);
        ASSERT_EQ(block.trips.size(), rows);
        auto const trips = core::list_trips(block.trips);
        ASSERT_EQ(trips.size(), rows);
        for (std::size_t i = 0; i < rows; ++i) {
            ASSERT_EQ(trips[i].pickup_time.count % 60, i % 60);
            ASSERT_EQ(trips[i].line.count, i + 1 + (i + 6) / 7) << "row " << i;
        }
    }
}

TEST(ParseBlock, LinesOfAnyLengthAndForm) {
    // Lines are indexed some at a time: longer ones than that, and such with quotes among others, are parsed as well.
    std::string const quoted = "\"4/1/2014 0:11:00\",40.769,-73.9549,\"B02512\"", with_comma = good + ",\"a,b\"";
    std::string const wide = good + "," + std::string(40'000, 'x'), blanks = "  " + good + " \t\r";
    std::mt19937_64 random(7);
    for (int round = 0; round < 50; ++round) {
        std::string text;
        Lines wanted;
        for (std::uint32_t line = 1; line <= 400; ++line) {
            std::string const* const forms[] = {&good, &good, &good, &quoted, &with_comma, &blanks, &outside, &broken};
            bool const rare = random() % 150 == 0;
            std::string const& form = rare ? wide : *forms[round % 5 == 0 ? random() % 3 : random() % 8];
            text += form + (line == 400 && round % 2 == 0 ? "" : "\n");
            if (&form != &outside && &form != &broken) wanted.push_back(line);
        }
        ParsedBlock const block = parse_block(text, uber_file(), id, 1, options);
        ASSERT_EQ(lines_of(block), wanted);
        ASSERT_EQ(block.counts.lines, 400U);
        ASSERT_TRUE(block.counts.adds_up());
    }
}

TEST(ParseBlock, ShiftsTripsAndRejectedRowsAlike) {
    ParsedBlock block = parse_block(good + "\n" + broken + "\n" + good, uber_file(), id, 1, options);
    shift_lines(block, 100, "u.csv");
    EXPECT_EQ(lines_of(block), (Lines{101, 103}));
    EXPECT_EQ(block.rejected[0].line.count, 102U);
}

TEST(ParseBlock, NumbersNoLineThatDoesNotFit) {
    constexpr std::uint64_t last = std::numeric_limits<std::uint32_t>::max();
    EXPECT_EQ(lines_of(parse_block(good, uber_file(), id, last, options)), Lines{static_cast<std::uint32_t>(last)});
    EXPECT_THROW(parse_block(good + "\n" + good, uber_file(), id, last, options), core::DataError);
    ParsedBlock block = parse_block(good, uber_file(), id, 1, options);
    EXPECT_THROW(shift_lines(block, last, "u.csv"), core::DataError);
    try {
        shift_lines(block, last, "u.csv");
    } catch (core::DataError const& error) {
        EXPECT_NE(std::string(error.what()).find("u.csv:4294967296"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace tessera::ingest
