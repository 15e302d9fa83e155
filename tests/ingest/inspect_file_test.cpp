#include <gtest/gtest.h>

#include "scratch_folder.hpp"
#include "tessera/core/error.hpp"
#include "tessera/ingest/input_file.hpp"

namespace tessera::ingest {
namespace {

using testing::gzip;

std::string const header = "Date/Time,Lat,Lon,Base";
std::string const row = "4/1/2014 0:11:00,40.769,-73.9549,B02512";

class InspectFile : public ::testing::Test {
  protected:
    InputFile inspect(std::string const& bytes, std::string const& name = "f.csv") {
        return inspect_file(folder_.write(name, bytes), name, {});
    }
    void expect_refused(std::string const& bytes, std::string const& why, std::string const& name = "f.csv") {
        std::string const path = folder_.write(name, bytes);
        try {
            inspect_file(path, name, {});
            ADD_FAILURE() << "taken, where it should be refused: " << why;
        } catch (core::DataError const& error) {
            std::string const message = error.what();
            EXPECT_EQ(message.find(path), 0U) << message;
            EXPECT_NE(message.find(why), std::string::npos) << message;
        }
    }
    testing::ScratchFolder folder_;
};

TEST_F(InspectFile, FindsWhereRowsBegin) {
    InputFile const file = inspect(header + "\n" + row);
    EXPECT_EQ(file.bytes, header.size() + 1 + row.size());
    EXPECT_EQ(file.body_begin, header.size() + 1);
    EXPECT_EQ(file.header_line, 1U);
    EXPECT_EQ(file.line_end, '\n');
    EXPECT_EQ(file.binding.source, core::Source::uber);
    EXPECT_EQ(file.name, "f.csv");
    EXPECT_FALSE(file.gzip);
}

TEST_F(InspectFile, TakesAByteOrderMarkAndBlankLinesBeforeTheHeader) {
    EXPECT_EQ(inspect("\xEF\xBB\xBF" + header + "\r\n" + row).body_begin, 3 + header.size() + 2);
    InputFile const file = inspect("\n \r\n" + header + "\r\n" + row + "\r\n");
    EXPECT_EQ(file.header_line, 3U);
    EXPECT_EQ(file.body_begin, 4 + header.size() + 2);
    EXPECT_EQ(inspect("\xEF\xBB\xBF\n" + header + "\n" + row).header_line, 2U);
}

TEST_F(InspectFile, TakesTheClassicMacsLineEnds) {
    InputFile const file = inspect(header + "\r" + row + "\r");
    EXPECT_EQ(file.line_end, '\r');
    EXPECT_EQ(file.body_begin, header.size() + 1);
    EXPECT_EQ(inspect(header + "\r\n" + row + "\r").line_end, '\n');
    EXPECT_EQ(inspect(header + "\n\r\n\r" + row).line_end, '\n');
}

TEST_F(InspectFile, KnowsGzipByItsBytes) {
    std::string const text = header + "\n" + row + "\n";
    for (char const* const name : {"f.csv.gz", "misnamed.csv"}) {
        InputFile const file = inspect(gzip(text), name);
        EXPECT_TRUE(file.gzip);
        EXPECT_EQ(file.bytes, gzip(text).size());
        EXPECT_EQ(file.body_begin, header.size() + 1);
    }
    expect_refused(text, "not gzip", "f.csv.gz");
}

TEST_F(InspectFile, RefusesFilesWithoutRows) {
    expect_refused("", "empty");
    expect_refused("", "empty", "f.csv.gz");
    expect_refused(gzip(""), "empty once inflated", "f.csv.gz");
    expect_refused(header, "no rows");
    expect_refused(header + "\n", "no rows");
    expect_refused(header + "\r\n\r\n \n\r", "no rows");
    expect_refused(header + "\r", "no rows");
    expect_refused(gzip(header + "\n"), "no rows", "f.csv.gz");
    expect_refused("\n\r\n  \n", "blank lines only");
    expect_refused("\xEF\xBB\xBF", "blank lines only");
    expect_refused("\r\r", "blank lines only");
}

TEST_F(InspectFile, RefusesWhatItCannotRead) {
    std::string const packed = gzip(header + "\n" + row + "\n");
    expect_refused("a,b,c\n1,2,3\n", "f.csv:1: value 'a,b,c': the header is of no known format");
    expect_refused("\n\r\na,b,c\n1,2,3\n", "f.csv:3: value 'a,b,c'");
    expect_refused("\nLat,Lon,Date/Time,lat\n1,2,3,4\n", "f.csv:2: column 'lat'");
    expect_refused(std::string(2 << 20, 'x'), "longer than 1 MiB");
    EXPECT_THROW(inspect_file(folder_.path("missing.csv"), "missing.csv", {}), core::DataError);
    EXPECT_THROW(inspect(packed.substr(0, packed.size() / 2), "cut.csv.gz"), core::DataError);
    EXPECT_THROW(inspect(packed.substr(0, packed.size() - 1), "cut.csv.gz"), core::DataError);
    EXPECT_THROW(inspect_file(folder_.path(""), "folder", {}), core::DataError);
}

TEST_F(InspectFile, ALongBodyIsNotLookedThrough) {
    InputFile const file = inspect(header + "\n" + std::string(3 << 20, '\n') + row);
    EXPECT_EQ(file.body_begin, header.size() + 1);
}

}  // namespace
}  // namespace tessera::ingest
