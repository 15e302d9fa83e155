#include "tessera/ingest/parse_row.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tessera/core/civil_time.hpp"

namespace tessera::ingest {
namespace {

using core::Reject;

constexpr char header[] =
    "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,pickup_longitude,pickup_latitude,"
    "rate_code,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,surcharge,mta_tax,"
    "tip_amount,tolls_amount,total_amount";

using Change = std::map<std::size_t, std::string>;  // field number to text
constexpr std::size_t pickup_time = 1, dropoff_time = 2, passengers = 3, distance = 4, lon = 5, lat = 6, rate = 7,
                      to_lon = 9, to_lat = 10, payment = 11, fare = 12, surcharge = 13, tip = 15, total = 17;

/// A good row of 2014, but for some fields.
std::string row(Change const& changes = {}) {
    std::vector<std::string> fields{"CMT",
                                    "2014-04-01 08:05:09",
                                    "2014-04-01 08:15:00",
                                    "2",
                                    "1.30",
                                    "-73.99",
                                    "40.750001",
                                    "1",
                                    "N",
                                    "-74",
                                    "40.7",
                                    "CRD",
                                    "9.5",
                                    "0.5",
                                    "0.5",
                                    "2",
                                    "5.33",
                                    "17.83"};
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i)
        line += (i ? "," : "") + (changes.contains(i) ? changes.at(i) : fields[i]);
    return line;
}

struct Parsed {
    std::optional<Reject> fault;
    core::Trip trip;
};

Parsed parse(std::string const& line) {
    Parsed parsed;
    parsed.fault = RowParser(bind_header(header, {}, "f")).parse(line, parsed.trip);
    return parsed;
}

core::Trip trip_of(std::string const& line) {
    Parsed const parsed = parse(line);
    EXPECT_EQ(parsed.fault, std::nullopt) << line;
    return parsed.trip;
}

core::Trip wanted_trip() {
    core::Trip trip;
    trip.pickup_time = *core::parse_wall_time("2014-04-01T08:05:09");
    trip.dropoff_time = *core::parse_wall_time("2014-04-01T08:15:00");
    trip.pickup_lon = {-739900000};
    trip.pickup_lat = {407500010};
    trip.dropoff_lon = {-740000000};
    trip.dropoff_lat = {407000000};
    trip.distance = {130};
    trip.fare = {950};
    trip.tip = {200};
    trip.tolls = {533};
    trip.total = {1783};
    trip.passengers = {2};
    trip.payment = trip.rate = trip.vendor = {1};
    trip.source = core::Source::yellow;
    return trip;
}

TEST(ParseRow, ReadsEveryField) {
    EXPECT_EQ(trip_of(row()), wanted_trip());
    EXPECT_EQ(trip_of(row() + ",more,,fields\r"), wanted_trip());
    EXPECT_EQ(trip_of(row({{surcharge, "nobody reads it"}})), wanted_trip());
}

TEST(ParseRow, LeavesNothingOfTheRowBefore) {
    RowParser parser(bind_header(header, {}, "f"));
    core::Trip trip;
    parser.parse(row(), trip);
    parser.parse(row({{to_lon, ""}, {fare, ""}, {passengers, ""}, {payment, ""}, {dropoff_time, ""}}), trip);
    core::Trip wanted = wanted_trip();
    wanted.dropoff_lon = wanted.dropoff_lat = core::unknown<core::Angle>();
    wanted.fare = core::unknown<core::Cents>();
    wanted.passengers = core::unknown<core::Passengers>();
    wanted.payment = {0};
    wanted.dropoff_time = {0};
    EXPECT_EQ(trip, wanted);
}

TEST(ParseRow, ShortRowsAreMalformed) {
    std::string line = row();
    while (line.find(',') != std::string::npos) {
        line.resize(line.rfind(','));
        EXPECT_EQ(parse(line).fault, Reject::malformed) << line;
    }
}

TEST(ParseRow, FieldsThatDoNotParseAreMalformed) {
    for (auto const field :
         {pickup_time, dropoff_time, passengers, distance, lon, lat, to_lon, to_lat, fare, tip, total})
        EXPECT_EQ(parse(row({{field, "n/a"}})).fault, Reject::malformed) << "field " << field;
    EXPECT_EQ(parse(row({{pickup_time, ""}})).fault, Reject::malformed);
    EXPECT_EQ(parse(row({{pickup_time, "2014-02-30 08:00:00"}})).fault, Reject::malformed);
    EXPECT_EQ(parse(row({{passengers, "-1"}})).fault, Reject::malformed);
    EXPECT_EQ(parse(row({{payment, "n/a"}, {rate, "99"}})).fault, std::nullopt) << "codes are never malformed";
}

TEST(ParseRow, MoneyThatDoesNotFitIsMalformed) {
    EXPECT_EQ(trip_of(row({{fare, "21474836.47"}})).fare.count, 2147483647);
    EXPECT_EQ(trip_of(row({{fare, "-21474836.47"}})).fare.count, -2147483647);
    for (char const* const text : {"21474836.48", "-21474836.48", "42949672.96", "1e12", "99999999999999999999"})
        for (auto const field : {fare, tip, total, distance})
            EXPECT_EQ(parse(row({{field, text}})).fault, Reject::malformed) << text;
}

TEST(ParseRow, PassengersThatDoNotFitAreUnknown) {
    constexpr std::pair<char const*, unsigned> examples[] = {{"0", 0},     {"9", 9},     {"254", 254}, {"255", 255},
                                                             {"256", 255}, {"300", 255}, {"", 255},    {"1.0", 1}};
    for (auto const& [text, wanted] : examples)
        EXPECT_EQ(unsigned{trip_of(row({{passengers, text}})).passengers.count}, wanted) << text;
}

TEST(ParseRow, APickupAtZeroOrEmptyIsNone) {
    EXPECT_EQ(parse(row({{lon, "0"}, {lat, "0"}})).fault, Reject::no_pickup);
    EXPECT_EQ(parse(row({{lon, "0.00"}, {lat, "-0"}})).fault, Reject::no_pickup);
    EXPECT_EQ(parse(row({{lon, ""}, {lat, ""}})).fault, Reject::no_pickup);
    EXPECT_EQ(parse(row({{lon, ""}})).fault, Reject::no_pickup);
    EXPECT_EQ(parse(row({{lat, " "}})).fault, Reject::no_pickup);
    EXPECT_EQ(parse(row({{lon, "0"}})).fault, std::nullopt) << "one zero is a place";
}

TEST(ParseRow, MalformedComesBeforeNoPickup) {
    for (auto const field : {pickup_time, dropoff_time, to_lon, fare, passengers, total})
        EXPECT_EQ(parse(row({{lon, "0"}, {lat, "0"}, {field, "x"}})).fault, Reject::malformed) << "field " << field;
}

TEST(ParseRow, APickupBeyondAllAnglesLiesInNoRegion) {
    constexpr std::int32_t most = 2147483647;
    EXPECT_EQ(trip_of(row({{lon, "1e9"}})).pickup_lon.count, most);
    EXPECT_EQ(trip_of(row({{lon, "-1000000000"}})).pickup_lon.count, -most) << "never the unknown angle";
    EXPECT_EQ(trip_of(row({{lat, "214.7483648"}})).pickup_lat.count, most);
}

TEST(ParseRow, ADropoffNowhereIsUnknown) {
    for (Change const& change : {Change{{to_lon, "0"}, {to_lat, "0"}}, Change{{to_lon, ""}, {to_lat, ""}},
                                 Change{{to_lon, ""}}, Change{{to_lat, ""}}, Change{{to_lon, "1e9"}},
                                 Change{{to_lon, "-180.0000001"}}, Change{{to_lat, "90.0000001"}}}) {
        core::Trip const trip = trip_of(row(change));
        EXPECT_FALSE(core::is_known(trip.dropoff_lon) || core::is_known(trip.dropoff_lat)) << row(change);
    }
    EXPECT_EQ(trip_of(row({{to_lon, "-180"}, {to_lat, "90"}})).dropoff_lon.count, -1'800'000'000);
    EXPECT_EQ(trip_of(row({{to_lon, "0"}})).dropoff_lon.count, 0);
}

TEST(ParseRow, AnUberRowHasAPickupAndABase) {
    RowParser parser(bind_header("\"Date/Time\",\"Lat\",\"Lon\",\"Base\"", {}, "f"));
    core::Trip trip;
    EXPECT_EQ(parser.parse("\"4/1/2014 0:11:00\",40.769,-73.9549,\"B02598\"", trip), std::nullopt);
    core::Trip wanted;
    wanted.pickup_time = *core::parse_wall_time("2014-04-01T00:11:00");
    wanted.pickup_lon = {-739549000};
    wanted.pickup_lat = {407690000};
    wanted.vendor = {11};
    wanted.source = core::Source::uber;
    EXPECT_EQ(trip, wanted);
}

}  // namespace
}  // namespace tessera::ingest
