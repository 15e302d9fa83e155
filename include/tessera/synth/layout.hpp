#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "tessera/core/codes.hpp"
#include "tessera/synth/tariff.hpp"

namespace tessera::synth {

/// What a column of a published file holds. `blank` is a column that is there and always empty.
enum class Field : std::uint8_t {
    vendor,
    pickup_time,
    dropoff_time,
    passengers,
    distance,
    pickup_lon,
    pickup_lat,
    rate,
    store_and_forward,
    dropoff_lon,
    dropoff_lat,
    payment,
    fare,
    surcharge,
    mta_tax,
    tip,
    tolls,
    improvement,
    total,
    trip_type,
    base,
    blank
};

/// How a time is written.
enum class DateForm : std::uint8_t {
    iso_blank,    ///< 2014-04-01 08:05:09
    iso_t,        ///< 2014-04-01T08:05:09
    month_first,  ///< 4/1/2014 8:05:09
    year_first,   ///< 2014/4/1 08:05:09
    mixed,        ///< 04-01-14 8:05 for days 1 to 12, 4/13/2014 8:05:09 after them (a spreadsheet's two minds)
    twelve_hour   ///< 04/01/2014 08:05:09 AM
};

/// How coordinates, distances and money are written.
enum class NumberStyle : std::uint8_t {
    double17,      ///< doubles by 17 digits: -73.994770000000003, 0.69999999999999996, 8.9999999999999997E-2
    float32,       ///< float coordinates by up to 17 digits, distances as .81 and 3.30, money as 12.5
    portal,        ///< as float32, but distances keep their leading zero: 0.81
    four_decimals  ///< coordinates with at most four decimals
};

/// How vendors, payments, rates and store-and-forward flags are written.
enum class CodeStyle : std::uint8_t {
    words_2009,  ///< CMT, VTS, DDS; CASH, Cash, Credit, CREDIT, No Charge, Dispute; no rate
    words_2010,  ///< CMT, VTS, DDS; CAS, Cas, CSH, CRE, Cre, CRD, "NA "
    words_2011,  ///< CMT, VTS; CRD, CSH, NOC, DIS, UNK
    numbers      ///< 1, 2; 1 to 4
};

/// In which order of time the rows of a file come.
enum class RowOrder : std::uint8_t { shuffled, nearly_sorted, blocks_by_base };

/// One publisher's byte layout in one period, as data. Header and rows are exact to the byte.
struct Layout {
    std::string_view name;
    core::Source source;
    int year;                   ///< of the month that trips fall into when nothing else is asked for
    unsigned month;             ///< 1 to 12
    std::string_view header;    ///< the header line, its line end, and the blank lines that follow
    std::string_view line_end;  ///< of a row
    std::span<Field const> fields;
    std::string_view row_tail;  ///< what a row has after its last field: commas of columns that have no name
    DateForm dates;
    NumberStyle numbers;
    CodeStyle codes;
    RowOrder order;
    bool quoted;           ///< times and bases in double quotes
    bool has_trip_type;    ///< whether `trip_type` is filled; it was empty until February 2014
    Tariff const* tariff;  ///< null when the publisher gives no money
};

inline constexpr std::string_view default_layout_name = "2014";

/// Local. All layouts: yellow, green, Uber, each from the oldest on.
std::span<Layout const> layouts();

/// Local. The layout of a source with that name. Errors: core::UsageError when there is none; it lists the names.
Layout const& find_layout(core::Source source, std::string_view name);

}  // namespace tessera::synth
