#include "tessera/query/group_key.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tessera/core/error.hpp"
#include "tessera/query/aggregate.hpp"

namespace tessera::query {
namespace {

constexpr char every_key[] =
    "source,vendor,passengers,payment,rate,year,month,day,hour,weekday,hour_of_week,distance_mile,pickup_tile:24,"
    "dropoff_tile:24";

/// What a list of keys is refused with; empty where it is not.
std::string refusal_of(std::string_view text) {
    try {
        parse_keys(text);
        return "";
    } catch (core::UsageError const& error) {
        return error.what();
    }
}

TEST(GroupKey, NamesAreReadAndWritten) {
    std::string written;
    for (Key const key : parse_keys(every_key))
        written.append(written.empty() ? "" : ",").append(name_of(key));
    EXPECT_EQ(written, every_key);
    EXPECT_EQ(parse_keys("hour"), (std::vector<Key>{{KeyKind::hour}}));
    EXPECT_EQ(parse_keys("dropoff_tile:0"), (std::vector<Key>{{KeyKind::dropoff_tile, 0}}));
}

TEST(GroupKey, RefusalsSayWhatWasGivenAndWhatThereIs) {
    for (char const* const text : {"", "hours", "hour,", ",hour", "hour,hour", "Hour", " hour", "pickup_tile", "hour:3",
                                   "pickup_tile:", "pickup_tile:25", "pickup_tile:-1", "pickup_tile:3x",
                                   "pickup_tile:99999999999", "pickup_tile:3,pickup_tile:4", "pickup_tile:3:4"})
        EXPECT_NE(refusal_of(text).find("the keys are source, vendor"), std::string::npos) << text;
    EXPECT_NE(refusal_of("hour,hours").find("'hours' does not exist"), std::string::npos);
    EXPECT_NE(refusal_of("hour,day,hour").find("'hour' is given twice"), std::string::npos);
    EXPECT_NE(refusal_of("pickup_tile").find("'pickup_tile' needs a level"), std::string::npos);
    EXPECT_NE(refusal_of("hour:3").find("'hour:3' takes no level"), std::string::npos);
    EXPECT_NE(refusal_of("pickup_tile:25").find("LEVEL from 0 to 24"), std::string::npos);
}

TEST(GroupKey, AllKeysFit) {
    unsigned bits = 0;
    for (Key const key : parse_keys(every_key))
        bits += bits_of(key);
    EXPECT_LT(bits, 192U);
}

TEST(GroupKey, UnpacksFromTheTopDown) {
    auto const keys = parse_keys("hour,weekday,passengers,distance_mile");
    std::uint64_t const top = std::uint64_t{23} << 59 | std::uint64_t{7} << 56 | std::uint64_t{255} << 48 |
                              ((std::uint64_t{1} << 25) - 3) << 22;
    auto const values = unpack({top, 0, 0}, keys);
    EXPECT_EQ(values, (std::vector<std::optional<std::int64_t>>{23, 7, std::nullopt, -3}));
}

TEST(Measures, NamesAreReadAndWritten) {
    std::string names;
    for (Measure const measure : parse_measures("trips,sum:fare,mean:tip,min:tolls,max:total,p50:distance,"
                                                "p90:duration,p99:passengers"))
        names.append(name_of(measure)).append(" ");
    EXPECT_EQ(names, "trips sum_fare mean_tip min_tolls max_total p50_distance p90_duration p99_passengers ");
}

TEST(Measures, RefusalsSayWhatThereIs) {
    for (char const* const text : {"", "trip", "trips:fare", "mean", "mean:", "mean:far", "fare", "avg:fare",
                                   "trips,trips", "p95:fare", "mean:fare,mean:fare", "mean:fare:tip"}) {
        try {
            parse_measures(text);
            ADD_FAILURE() << text;
        } catch (core::UsageError const& error) {
            EXPECT_NE(std::string(error.what()).find("p50, p90, p99"), std::string::npos) << text;
        }
    }
}

TEST(Measures, FieldsAndColumnsAreReadOnce) {
    using core::Column;
    AggregateQuestion question;
    question.keys = parse_keys("hour,distance_mile");
    question.measures = parse_measures("mean:duration,trips,sum:fare,p90:duration");
    EXPECT_EQ(fields_of(question), (std::vector<Field>{Field::duration, Field::fare}));
    EXPECT_EQ(columns_of(question),
              (core::ColumnSet{Column::pickup_time, Column::distance, Column::dropoff_time, Column::fare}));
    question.measures = parse_measures("trips");
    EXPECT_TRUE(fields_of(question).empty());
}

}  // namespace
}  // namespace tessera::query
