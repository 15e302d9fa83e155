#include <array>

#include "layout_tables.hpp"

namespace tessera::synth {
namespace {

using enum Field;

// `blank` is Ehail_fee, which no row has ever filled.
constexpr std::array fields_2013{vendor,     pickup_time, dropoff_time, store_and_forward, rate,
                                 pickup_lon, pickup_lat,  dropoff_lon,  dropoff_lat,       passengers,
                                 distance,   fare,        surcharge,    mta_tax,           tip,
                                 tolls,      blank,       total,        payment,           trip_type};
constexpr std::array fields_2015{
    vendor,      pickup_time, dropoff_time, store_and_forward, rate,  pickup_lon, pickup_lat,
    dropoff_lon, dropoff_lat, passengers,   distance,          fare,  surcharge,  mta_tax,
    tip,         tolls,       blank,        improvement,       total, payment,    trip_type};
constexpr std::array fields_scrambled{pickup_time, dropoff_time, store_and_forward, rate,      dropoff_lat, passengers,
                                      distance,    fare,         surcharge,         mta_tax,   tip,         tolls,
                                      blank,       total,        payment,           trip_type, pickup_lon,  pickup_lat,
                                      dropoff_lon, vendor};

#define TESSERA_GREEN_NAMES_TO_TOLLS                                                                              \
    "VendorID,lpep_pickup_datetime,Lpep_dropoff_datetime,Store_and_fwd_flag,RateCodeID,Pickup_longitude,"         \
    "Pickup_latitude,Dropoff_longitude,Dropoff_latitude,Passenger_count,Trip_distance,Fare_amount,Extra,MTA_tax," \
    "Tip_amount,Tolls_amount,Ehail_fee,"
// Every header of the files ends in a blank after its last name.
#define TESSERA_GREEN_NAMES_2013 TESSERA_GREEN_NAMES_TO_TOLLS "Total_amount,Payment_type,Trip_type "
#define TESSERA_GREEN_NAMES_2015 \
    TESSERA_GREEN_NAMES_TO_TOLLS "improvement_surcharge,Total_amount,Payment_type,Trip_type "

constexpr std::string_view header_2013 = TESSERA_GREEN_NAMES_2013 "\n\r\n";
constexpr std::string_view header_2014 = TESSERA_GREEN_NAMES_2013 "\n\n\r\n";
constexpr std::string_view header_2015 = TESSERA_GREEN_NAMES_2015 "\r\n";
constexpr std::string_view header_2016 = TESSERA_GREEN_NAMES_2015 "\n\r\n";
#undef TESSERA_GREEN_NAMES_2015
#undef TESSERA_GREEN_NAMES_2013
#undef TESSERA_GREEN_NAMES_TO_TOLLS
constexpr std::string_view header_portal =
    "vendorid,lpep_pickup_datetime,lpep_dropoff_datetime,store_and_fwd_flag,ratecodeid,pickup_longitude,"
    "pickup_latitude,dropoff_longitude,dropoff_latitude,passenger_count,trip_distance,fare_amount,extra,mta_tax,"
    "tip_amount,tolls_amount,ehail_fee,total_amount,payment_type,trip_type\n";
constexpr std::string_view header_display =
    "vendorid,pickup_datetime,dropoff_datetime,Store_and_fwd_flag,rate_code,Pickup_longitude,Pickup_latitude,"
    "Dropoff_longitude,Dropoff_latitude,Passenger_count,Trip_distance,Fare_amount,Extra,MTA_tax,Tip_amount,"
    "Tolls_amount,Ehail_fee,Total_amount,Payment_type,Trip_type\n";
constexpr std::string_view header_scrambled =
    "lpep_pickup_datetime,lpep_dropoff_datetime,store_and_fwd_flag,ratecodeid,dropoff_latitude,passenger_count,"
    "trip_distance,fare_amount,extra,mta_tax,tip_amount,tolls_amount,ehail_fee,total_amount,payment_type,trip_type,"
    "pickup_longitude,pickup_latitude,dropoff_longitude,vendorid\n";

constexpr Layout layout_2014{.name = "2014",
                             .source = core::Source::green,
                             .year = 2014,
                             .month = 4,
                             .header = header_2014,
                             .line_end = "\r\n",
                             .fields = fields_2013,
                             .row_tail = ",,",
                             .dates = DateForm::iso_blank,
                             .numbers = NumberStyle::float32,
                             .codes = CodeStyle::numbers,
                             .order = RowOrder::nearly_sorted,
                             .quoted = false,
                             .has_trip_type = true,
                             .tariff = &tariff_2012};

constexpr Layout layout_2013() {
    Layout layout = layout_2014;
    layout.name = "2013";
    layout.year = 2013;
    layout.month = 9;
    layout.header = header_2013;
    layout.has_trip_type = false;
    return layout;
}

constexpr Layout portal_layout(std::string_view name, std::string_view header, DateForm dates) {
    Layout layout = layout_2014;
    layout.name = name;
    layout.header = header;
    layout.line_end = "\n";
    layout.row_tail = "";
    layout.dates = dates;
    layout.numbers = NumberStyle::portal;
    return layout;
}

constexpr Layout layout_scrambled() {
    Layout layout = portal_layout("socrata-2013", header_scrambled, DateForm::iso_t);
    layout.year = 2013;
    layout.month = 9;
    layout.fields = fields_scrambled;
    layout.has_trip_type = false;
    return layout;
}

constexpr Layout later_layout(std::string_view name, int year, unsigned month, std::string_view header,
                              std::string_view row_tail) {
    Layout layout = layout_2014;
    layout.name = name;
    layout.year = year;
    layout.month = month;
    layout.header = header;
    layout.fields = fields_2015;
    layout.row_tail = row_tail;
    layout.tariff = &tariff_2015;
    return layout;
}

constexpr std::array table{layout_2013(),
                           layout_scrambled(),
                           layout_2014,
                           portal_layout("socrata-2014", header_portal, DateForm::iso_t),
                           portal_layout("socrata-2014-display", header_display, DateForm::twelve_hour),
                           later_layout("2015", 2015, 1, header_2015, ",,"),
                           later_layout("2015-07", 2015, 7, header_2015, ""),
                           later_layout("2016", 2016, 1, header_2016, "")};

}  // namespace

std::span<Layout const> green_layouts() {
    return table;
}

}  // namespace tessera::synth
