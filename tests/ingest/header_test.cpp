#include "tessera/ingest/header.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "tessera/core/error.hpp"
#include "tessera/synth/layout.hpp"

namespace tessera::ingest {
namespace {

namespace fs = std::filesystem;
using core::Source;

std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

std::string message_of(std::string_view header, std::optional<Source> wanted = {}) {
    try {
        bind_header(header, wanted, "trips.csv");
    } catch (core::DataError const& error) {
        return error.what();
    }
    return "";
}

void expect_words(std::string const& message, std::initializer_list<char const*> words) {
    for (char const* const word : words)
        EXPECT_NE(message.find(word), std::string::npos) << "no '" << word << "' in: " << message;
}

/// Where a layout keeps each field, by the list that its rows are written from.
std::map<Field, int> columns_of(synth::Layout const& layout) {
    static std::map<synth::Field, Field> const meaning{{synth::Field::vendor, Field::vendor},
                                                       {synth::Field::base, Field::vendor},
                                                       {synth::Field::pickup_time, Field::pickup_time},
                                                       {synth::Field::dropoff_time, Field::dropoff_time},
                                                       {synth::Field::passengers, Field::passengers},
                                                       {synth::Field::distance, Field::distance},
                                                       {synth::Field::pickup_lon, Field::pickup_lon},
                                                       {synth::Field::pickup_lat, Field::pickup_lat},
                                                       {synth::Field::rate, Field::rate},
                                                       {synth::Field::dropoff_lon, Field::dropoff_lon},
                                                       {synth::Field::dropoff_lat, Field::dropoff_lat},
                                                       {synth::Field::payment, Field::payment},
                                                       {synth::Field::fare, Field::fare},
                                                       {synth::Field::tip, Field::tip},
                                                       {synth::Field::tolls, Field::tolls},
                                                       {synth::Field::total, Field::total}};
    std::map<Field, int> columns;
    for (std::size_t i = 0; i < layout.fields.size(); ++i)
        if (auto const found = meaning.find(layout.fields[i]); found != meaning.end())
            columns[found->second] = static_cast<int>(i);
    return columns;
}

TEST(Header, BindsEveryLayoutByItsNames) {
    for (synth::Layout const& layout : synth::layouts()) {
        SCOPED_TRACE(::testing::Message() << core::name_of(layout.source) << " " << layout.name);
        bool const unmarked = layout.name == "socrata-2014-display";
        for (auto const wanted : {std::optional<Source>(), std::optional(layout.source)}) {
            Binding const binding = bind_header(first_line(layout.header), wanted, "f");
            EXPECT_EQ(binding.source, layout.source) << (unmarked ? "told by Trip_type and Ehail_fee" : "");
            auto const columns = columns_of(layout);
            int last = 0;
            for (std::size_t f = 0; f < field_count; ++f) {
                auto const field = static_cast<Field>(f);
                int const column = columns.contains(field) ? columns.at(field) : Binding::absent;
                EXPECT_EQ(binding.column_of(field), column) << core::text_of(field).name;
                EXPECT_EQ(binding.has(field), columns.contains(field)) << core::text_of(field).name;
                last = std::max(last, column);
            }
            EXPECT_EQ(binding.columns, static_cast<std::size_t>(last) + 1);
        }
    }
}

TEST(Header, BindsEveryPublishedMonth) {
    char const* const data = std::getenv("TESSERA_SHARED_DATA");
    if (!data || !fs::is_directory(data)) GTEST_SKIP() << "TESSERA_SHARED_DATA names no folder of real trips";
    int files = 0;
    for (Source const source : {Source::yellow, Source::green})
        for (char const* const folder : {"", "heads"})
            for (auto const& entry : fs::directory_iterator(fs::path(data) / core::name_of(source) / folder)) {
                if (entry.path().extension() != ".csv") continue;
                SCOPED_TRACE(entry.path());
                std::string line;
                std::ifstream in(entry.path());
                std::getline(in, line);
                Binding const binding = bind_header(line, {}, entry.path());
                EXPECT_EQ(binding.source, source);
                std::set<int> const distinct(binding.column.begin(), binding.column.end());
                EXPECT_EQ(distinct.size(), field_count) << "each field has a column of its own";
                EXPECT_FALSE(distinct.contains(Binding::absent));
                ++files;
            }
    EXPECT_GE(files, 100);
}

TEST(Header, CaseBlanksAndQuotesDoNotMatter) {
    Binding const binding = bind_header("  \"BASE\" ,LON,\t\"lat\", Date/Time \r", {}, "f");
    EXPECT_EQ(binding.source, Source::uber);
    EXPECT_EQ(binding.column_of(Field::vendor), 0);
    EXPECT_EQ(binding.column_of(Field::pickup_time), 3);
    EXPECT_EQ(binding.columns, 4U);
    EXPECT_EQ(bind_header("Date/Time,Lat,Lon,Base,more,columns", {}, "f").columns, 4U);
    EXPECT_FALSE(bind_header("Date/Time,Lat,Lon", {}, "f").has(Field::vendor));
}

constexpr char taxi[] =
    "pickup_datetime,dropoff_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude";

TEST(Header, AForcedFormatIsTaken) {
    EXPECT_EQ(bind_header(taxi, {}, "f").source, Source::yellow);
    EXPECT_EQ(bind_header(taxi, Source::yellow, "f").source, Source::yellow);
    EXPECT_EQ(bind_header(taxi, Source::green, "f").source, Source::green);
    std::string const message = message_of(taxi, Source::uber);
    expect_words(message, {"trips.csv", "uber misses", "pickup_time"});
    EXPECT_EQ(message.find("yellow misses"), std::string::npos) << message;
    expect_words(message_of("Date/Time,Lat,Lon,Base", Source::green), {"green misses", "dropoff_time"});
}

TEST(Header, AnUnknownOneSaysWhatWasTriedAndWhatIsMissing) {
    expect_words(message_of("hvfhs_license_num,pickup_datetime,dropoff_datetime,PULocationID,DOLocationID"),
                 {"trips.csv:1", "hvfhs_license_num", "yellow misses", "pickup_lon", "pickup_lat", "dropoff_lon",
                  "dropoff_lat", "uber misses", "zones"});
    std::string const green = message_of("lpep_pickup_datetime,trip_type,pickup_longitude,pickup_latitude");
    expect_words(green, {"yellow misses", "green misses dropoff_time, dropoff_lon, dropoff_lat", "uber misses"});
    expect_words(message_of("Date/Time,Lat,Base"), {"uber misses pickup_lon"});
    EXPECT_LT(message_of(std::string(100'000, 'x')).size(), 1000U) << "the header is shown in part";
}

TEST(Header, TwoColumnsOfOneMeaningAreRefused) {
    expect_words(message_of(std::string(taxi) + ",tip_amt,tip_amount"),
                 {"trips.csv:1", "'tip_amount'", "'tip_amt' for tip already"});
    expect_words(message_of("Date/Time,Lat,Lon,lat"), {"column 'lat'"});
    EXPECT_EQ(message_of(std::string(taxi) + ",surcharge,surcharge"), "") << "nobody reads it";
}

}  // namespace
}  // namespace tessera::ingest
