#include <array>

#include "layout_tables.hpp"

namespace tessera::synth {
namespace {

using enum Field;

constexpr std::array fields_2009{vendor,     pickup_time, dropoff_time,      passengers,  distance,    pickup_lon,
                                 pickup_lat, rate,        store_and_forward, dropoff_lon, dropoff_lat, payment,
                                 fare,       surcharge,   mta_tax,           tip,         tolls,       total};
constexpr std::array fields_2015{vendor,     pickup_time, dropoff_time,      passengers,  distance,    pickup_lon,
                                 pickup_lat, rate,        store_and_forward, dropoff_lon, dropoff_lat, payment,
                                 fare,       surcharge,   mta_tax,           tip,         tolls,       improvement,
                                 total};
// The portal's `imp_surcharge` holds what the files call surcharge, and its `extra` nothing.
constexpr std::array fields_portal{
    vendor,      pickup_time, dropoff_time, passengers, distance, pickup_lon, pickup_lat, store_and_forward,
    dropoff_lon, dropoff_lat, payment,      fare,       mta_tax,  tip,        tolls,      total,
    surcharge,   blank,       rate};

constexpr std::string_view header_2009 =
    "vendor_name,Trip_Pickup_DateTime,Trip_Dropoff_DateTime,Passenger_Count,Trip_Distance,Start_Lon,Start_Lat,"
    "Rate_Code,store_and_forward,End_Lon,End_Lat,Payment_Type,Fare_Amt,surcharge,mta_tax,Tip_Amt,Tolls_Amt,Total_Amt\n"
    "\r\n";
constexpr std::string_view header_2010 =
    "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,pickup_longitude,pickup_latitude,"
    "rate_code,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,surcharge,mta_tax,"
    "tip_amount,tolls_amount,total_amount\n"
    "\r\n";
constexpr std::string_view header_2014 =
    "vendor_id, pickup_datetime, dropoff_datetime, passenger_count, trip_distance, pickup_longitude, pickup_latitude, "
    "rate_code, store_and_fwd_flag, dropoff_longitude, dropoff_latitude, payment_type, fare_amount, surcharge, "
    "mta_tax, tip_amount, tolls_amount, total_amount\n"
    "\r\n";
constexpr std::string_view header_2015 =
    "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,pickup_longitude,"
    "pickup_latitude,RateCodeID,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,extra,"
    "mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount\r\n";
constexpr std::string_view header_2015_07 =
    "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,pickup_longitude,"
    "pickup_latitude,RatecodeID,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,extra,"
    "mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount\r\n";
constexpr std::string_view header_portal =
    "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,pickup_longitude,pickup_latitude,"
    "store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,mta_tax,tip_amount,tolls_amount,"
    "total_amount,imp_surcharge,extra,rate_code\n";

/// The layout of 2011 to 2013, which its neighbours differ from in few members.
constexpr Layout layout_2011{.name = "2011",
                             .source = core::Source::yellow,
                             .year = 2011,
                             .month = 1,
                             .header = header_2010,
                             .line_end = "\r\n",
                             .fields = fields_2009,
                             .row_tail = "",
                             .dates = DateForm::iso_blank,
                             .numbers = NumberStyle::double17,
                             .codes = CodeStyle::words_2011,
                             .order = RowOrder::shuffled,
                             .quoted = false,
                             .has_trip_type = false,
                             .tariff = &tariff_2010};

constexpr Layout layout_2009() {
    Layout layout = layout_2011;
    layout.name = "2009";
    layout.year = 2009;
    layout.header = header_2009;
    layout.codes = CodeStyle::words_2009;
    layout.tariff = &tariff_2009;
    return layout;
}

constexpr Layout layout_2010() {
    Layout layout = layout_2011;
    layout.name = "2010";
    layout.year = 2010;
    layout.codes = CodeStyle::words_2010;
    return layout;
}

constexpr Layout layout_2014() {
    Layout layout = layout_2011;
    layout.name = "2014";
    layout.year = 2014;
    layout.month = 4;
    layout.header = header_2014;
    layout.tariff = &tariff_2012;
    return layout;
}

constexpr Layout layout_portal() {
    Layout layout = layout_2014();
    layout.name = "socrata-2014";
    layout.header = header_portal;
    layout.line_end = "\n";
    layout.fields = fields_portal;
    layout.dates = DateForm::iso_t;
    return layout;
}

constexpr Layout layout_2015() {
    Layout layout = layout_2011;
    layout.name = "2015";
    layout.year = 2015;
    layout.header = header_2015;
    layout.fields = fields_2015;
    layout.numbers = NumberStyle::float32;
    layout.codes = CodeStyle::numbers;
    layout.tariff = &tariff_2015;
    return layout;
}

/// The second half of 2015, and 2016: one letter of the header differs, and the rows are nearly in order of time.
constexpr Layout later_layout(std::string_view name, int year, unsigned month) {
    Layout layout = layout_2015();
    layout.name = name;
    layout.year = year;
    layout.month = month;
    layout.header = header_2015_07;
    layout.order = RowOrder::nearly_sorted;
    return layout;
}

constexpr std::array table{layout_2009(),
                           layout_2010(),
                           layout_2011,
                           layout_2014(),
                           layout_portal(),
                           layout_2015(),
                           later_layout("2015-07", 2015, 7),
                           later_layout("2016", 2016, 1)};

}  // namespace

std::span<Layout const> yellow_layouts() {
    return table;
}

}  // namespace tessera::synth
