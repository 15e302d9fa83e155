// What the real files say: their first bytes, and how they write numbers. Skips where they are not at hand.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tessera/synth/layout.hpp"
#include "tessera/synth/number_text.hpp"

namespace tessera::synth {
namespace {

namespace fs = std::filesystem;
using core::Source;

std::string bytes_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    EXPECT_TRUE(in) << file;
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

/// The layout of a month, "2014-03".
Layout const& layout_of(Source source, std::string const& month) {
    std::string const year = month.substr(0, 4);
    bool const second_half = month.substr(5) >= "07";
    if (year == "2015" && second_half) return find_layout(source, "2015-07");
    if (year == "2012" || (year == "2013" && source == Source::yellow)) return find_layout(source, "2011");
    return find_layout(source, year);
}

class PublishedBytes : public testing::Test {
  protected:
    void SetUp() override {
        char const* const data = std::getenv("TESSERA_SHARED_DATA");
        if (!data || !fs::is_directory(data)) GTEST_SKIP() << "TESSERA_SHARED_DATA names no folder of real trips";
        data_ = data;
    }
    fs::path data_;
};

TEST_F(PublishedBytes, EveryMonthBeginsAsItsLayout) {
    int months = 0;
    for (Source const source : {Source::yellow, Source::green}) {
        for (auto const& entry : fs::directory_iterator(data_ / core::name_of(source) / "heads")) {
            std::string const stem = entry.path().stem();
            Layout const& layout = layout_of(source, stem.substr(stem.size() - 7));
            EXPECT_TRUE(bytes_of(entry.path()).starts_with(layout.header)) << entry.path();
            ++months;
        }
    }
    EXPECT_GE(months, 100);
}

TEST_F(PublishedBytes, ThePortalBeginsAsItsLayout) {
    EXPECT_TRUE(bytes_of(data_ / "yellow/socrata_2014_gkne-dk5s.top_records.csv")
                    .starts_with(find_layout(Source::yellow, "socrata-2014").header));
    EXPECT_TRUE(bytes_of(data_ / "green/socrata_2014_2np7-5jsg.top_records.csv")
                    .starts_with(find_layout(Source::green, "socrata-2014").header));
}

/// The first bytes of a compressed file.
std::string head_of(fs::path const& file) {
    gzFile const in = gzopen(file.c_str(), "rb");
    EXPECT_NE(in, nullptr) << file;
    std::array<char, 512> bytes{};
    int const count = in ? gzread(in, bytes.data(), bytes.size()) : 0;
    gzclose(in);
    return {bytes.data(), static_cast<std::size_t>(std::max(count, 0))};
}

TEST_F(PublishedBytes, UberBeginsAsItsLayouts) {
    for (auto const& [file, layout] : {std::pair{"uber-raw-data-apr14.csv.gz", "2014"},
                                       {"uber-raw-data-may14.csv.gz", "2014"},
                                       {"apr14.excel_ymd_crlf.csv.gz", "excel"}})
        EXPECT_TRUE(head_of(data_ / "uber" / file).starts_with(find_layout(Source::uber, layout).header)) << file;
}

/// Every number with a point in the rows of 2009 to 2014, read and written again.
TEST_F(PublishedBytes, DoublesAreWrittenAsTheyWere) {
    int numbers = 0;
    for (auto const& entry : fs::directory_iterator(data_ / "yellow/heads")) {
        std::string const month = entry.path().stem();
        if (month >= "yellow_tripdata_2015") continue;
        std::istringstream lines(bytes_of(entry.path()));
        for (std::string line; std::getline(lines, line);) {
            if (!line.ends_with('\r')) continue;  // the header, or a row cut at the head's end
            line.pop_back();
            std::istringstream fields(line);
            for (std::string field; std::getline(fields, field, ',');) {
                if (field.find('.') == std::string::npos) continue;
                double const value = std::stod(field);
                EXPECT_EQ(double17_text(value), field) << entry.path();
                char buffer[32];
                EXPECT_EQ(std::string(buffer, write_degrees(buffer, value)), field) << entry.path();
                ++numbers;
            }
        }
    }
    EXPECT_GT(numbers, 1000);
}

}  // namespace
}  // namespace tessera::synth
