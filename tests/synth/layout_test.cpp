#include "tessera/synth/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "synth/generated_text.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {
namespace {

using core::Source;

std::string header_of(Source source, char const* name) {
    return std::string(find_layout(source, name).header);
}

std::ptrdiff_t commas_in(std::string_view text) {
    return std::count(text.begin(), text.end(), ',');
}

TEST(Layout, CoversEveryPeriodAndPublisher) {
    std::set<std::string> names;
    for (Layout const& layout : layouts())
        EXPECT_TRUE(names.insert(std::string(core::name_of(layout.source)) + " " + std::string(layout.name)).second);
    std::set<std::string> const expected{
        "yellow 2009",         "yellow 2010",        "yellow 2011",        "yellow 2014",
        "yellow socrata-2014", "yellow 2015",        "yellow 2015-07",     "yellow 2016",
        "green 2013",          "green 2014",         "green 2015",         "green 2015-07",
        "green 2016",          "green socrata-2013", "green socrata-2014", "green socrata-2014-display",
        "uber 2014",           "uber excel",         "uber mixed"};
    EXPECT_EQ(names, expected);
    for (Source const source : core::all_sources)
        EXPECT_EQ(find_layout(source, default_layout_name).year, 2014);
}

TEST(Layout, NamesTheOnesThereAreWhenThereIsNone) {
    try {
        find_layout(Source::uber, "2009");
        FAIL() << "found a layout of Uber's for 2009";
    } catch (core::UsageError const& error) {
        EXPECT_NE(std::string(error.what()).find("2014, excel, mixed"), std::string::npos) << error.what();
    }
}

TEST(Layout, HeadersAreThePublishersBytes) {
    EXPECT_EQ(
        header_of(Source::yellow, "2009"),
        "vendor_name,Trip_Pickup_DateTime,Trip_Dropoff_DateTime,Passenger_Count,Trip_Distance,Start_Lon,Start_Lat,"
        "Rate_Code,store_and_forward,End_Lon,End_Lat,Payment_Type,Fare_Amt,surcharge,mta_tax,Tip_Amt,Tolls_Amt,"
        "Total_Amt\n\r\n");
    EXPECT_EQ(header_of(Source::yellow, "2014"),
              "vendor_id, pickup_datetime, dropoff_datetime, passenger_count, trip_distance, pickup_longitude, "
              "pickup_latitude, rate_code, store_and_fwd_flag, dropoff_longitude, dropoff_latitude, payment_type, "
              "fare_amount, surcharge, mta_tax, tip_amount, tolls_amount, total_amount\n\r\n");
    EXPECT_EQ(header_of(Source::yellow, "2015"),
              "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,pickup_longitude,"
              "pickup_latitude,RateCodeID,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,"
              "fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount\r\n");
    EXPECT_EQ(header_of(Source::green, "2014"),
              "VendorID,lpep_pickup_datetime,Lpep_dropoff_datetime,Store_and_fwd_flag,RateCodeID,Pickup_longitude,"
              "Pickup_latitude,Dropoff_longitude,Dropoff_latitude,Passenger_count,Trip_distance,Fare_amount,Extra,"
              "MTA_tax,Tip_amount,Tolls_amount,Ehail_fee,Total_amount,Payment_type,Trip_type \n\n\r\n");
    EXPECT_TRUE(header_of(Source::green, "2013").ends_with("Trip_type \n\r\n"));
    EXPECT_TRUE(
        header_of(Source::green, "2015").ends_with("improvement_surcharge,Total_amount,Payment_type,Trip_type \r\n"));
    EXPECT_TRUE(
        header_of(Source::green, "2016").ends_with("improvement_surcharge,Total_amount,Payment_type,Trip_type \n\r\n"));
    EXPECT_EQ(header_of(Source::uber, "2014"), "\"Date/Time\",\"Lat\",\"Lon\",\"Base\"\n");
    EXPECT_EQ(header_of(Source::uber, "excel"), "Date/Time,Lat,Lon,Base\r\n");
    // The tables are the same but for what their periods changed.
    std::string capital = header_of(Source::yellow, "2015");
    capital.replace(capital.find("RateCodeID"), 10, "RatecodeID");
    EXPECT_EQ(header_of(Source::yellow, "2015-07"), capital);
    EXPECT_EQ(header_of(Source::yellow, "2016"), capital);
    EXPECT_EQ(header_of(Source::yellow, "2010"), header_of(Source::yellow, "2011"));
    EXPECT_EQ(header_of(Source::green, "2015"), header_of(Source::green, "2015-07"));
}

TEST(Layout, RowsHaveAsManyFieldsAsTheHeader) {
    for (Layout const& layout : layouts()) {
        SCOPED_TRACE(std::string(core::name_of(layout.source)) + " " + std::string(layout.name));
        EXPECT_EQ(commas_in(layout.header) + 1, static_cast<std::ptrdiff_t>(layout.fields.size()));
        std::string const bytes = generate_text(recipe_for(layout, 3)).bytes;
        ASSERT_TRUE(bytes.starts_with(layout.header));
        ASSERT_TRUE(bytes.ends_with(layout.line_end));
        std::string_view const rows = std::string_view(bytes).substr(layout.header.size());
        EXPECT_EQ(commas_in(rows), 3 * (commas_in(layout.header) + commas_in(layout.row_tail)));
        EXPECT_EQ(std::count(rows.begin(), rows.end(), '\r'), layout.line_end == "\r\n" ? 3 : 0);
    }
    // Fields a row, as counted in the real files.
    for (auto const& [name, fields] :
         {std::pair{"2013", 22}, {"2014", 22}, {"2015", 23}, {"2015-07", 21}, {"2016", 21}}) {
        Layout const& layout = find_layout(Source::green, name);
        EXPECT_EQ(static_cast<int>(layout.fields.size()) + commas_in(layout.row_tail), fields) << name;
    }
}

}  // namespace
}  // namespace tessera::synth
