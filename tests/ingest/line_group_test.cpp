#include "tessera/ingest/line_group.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "harness/seed.hpp"
#include "tessera/ingest/parse_row.hpp"

namespace tessera::ingest {
namespace {

/// Texts of every kind that a column can hold, usual ones and others.
std::vector<std::string> texts_of(std::string const& name) {
    if (name.ends_with("datetime") || name == "Date/Time")
        return {"2014-04-01 08:05:09", "2014-04-30T23:59:59", "04/01/2014 08:05:09 PM", " 2014-04-01 08:05:09", "",
                "yesterday",           "2014-04-31 08:05:09", "1999-04-01 08:05:09"};
    if (name.ends_with("itude") || name == "Lat" || name == "Lon")
        return {"-73.961016000000001", "40.750001", "0", "-0.00", "", " -73.99", "1e9", "-1e9",
                "214.7483648",         "-74",       "x", "-"};
    if (name.ends_with("amount") || name == "trip_distance")
        return {"9.5",     "0",  "-2.50", "5.3300000000000001", "1e1", "",           ".5", "21474836.47",
                "1234567", " 7", "7 ",    "8.9999999999999997", ".",   "21474836.48"};
    if (name == "passenger_count") return {"1", "2", "0", "12", "300", "", "-1", "1.0", " 3", "x"};
    if (name == "payment_type") return {"CRD", "CSH", "csh", "Credit", "No Charge", "1", "", "voided trip", " 2"};
    return {"1", "2", "CMT", "VTS", "", "99", "a word that is long"};
}

/// The names of a layout's columns, and lines of it that end in `line_end`.
struct MadeUp {
    std::vector<std::string> names;
    std::string text;

    MadeUp(std::vector<std::string> columns, std::string const& line_end, std::uint64_t seed) : names(columns) {
        std::mt19937_64 random(seed);
        std::uint64_t const rare = 1 + random() % 60;  // how often a field is of any kind
        for (int line = 0; line < 200; ++line) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                auto const texts = texts_of(names[i]);
                text += (i > 0 ? "," : "") + texts[random() % rare == 0 ? random() % texts.size() : random() % 2];
            }
            text += line_end;
        }
    }
    std::string header() const {
        std::string joined;
        for (std::string const& name : names)
            joined += (joined.empty() ? "" : ",") + name;
        return joined;
    }
};

/// What a group makes of all lines, beside what the parser of rows does. Returns how many lines are usual.
std::size_t compare(MadeUp const& made) {
    Binding const binding = bind_header(made.header(), {}, "made up");
    LineGroup group(binding);
    RowParser parser(binding);
    LineIndex index;
    std::string const text = made.text.substr(0, made.text.rfind('\n', LineIndex::most_bytes) + 1);
    std::string const padded = text + std::string(LineGroup::padding, ',');
    index.look_at(text, '\n');
    std::size_t usual = 0;
    for (std::size_t first = 0; first < index.lines(); first += group.size()) {
        group.start(padded.data());
        for (std::size_t i = first; i < index.lines() && !group.is_full(); ++i)
            group.add(index.line(i));
        group.read();
        for (std::size_t i = 0; i < group.size(); ++i) {
            auto const at = index.line(first + i);
            std::string const line = text.substr(at.begin(), at.end() - at.begin());
            core::Trip trip, wanted;
            auto const wanted_fault = parser.parse(line, wanted);
            if (group.is_unusual(i)) continue;
            ++usual;
            auto const fault = group.parse(i, trip);
            EXPECT_EQ(fault, wanted_fault) << line;
            if (!fault) {
                EXPECT_EQ(trip, wanted) << line;
            }
        }
    }
    return usual;
}

TEST(LineGroup, ReadsWhatTheParserOfRowsReads) {
    std::vector<std::string> const names{"vendor_id",         "pickup_datetime",  "dropoff_datetime", "passenger_count",
                                         "trip_distance",     "pickup_longitude", "unread",           "pickup_latitude",
                                         "dropoff_longitude", "dropoff_latitude", "payment_type",     "fare_amount",
                                         "tip_amount",        "tolls_amount",     "rate_code",        "total_amount"};
    std::size_t usual = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 200; ++seed)
        usual += compare(MadeUp(names, seed % 2 == 0 ? "\n" : "\r\n", seed));
    EXPECT_GT(usual, 5000U) << "hardly any line is read by groups";
}

TEST(LineGroup, LeavesOutWhatTheFileLeavesOut) {
    std::vector<std::string> const names{"Date/Time", "Lat", "Lon", "Base"};
    std::size_t usual = 0;
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 20; ++seed)
        usual += compare(MadeUp(names, "\r\n", seed));
    EXPECT_GT(usual, 500U);
}

}  // namespace
}  // namespace tessera::ingest
