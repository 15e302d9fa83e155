#include "tessera/synth/rhythm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {
namespace {

using Day = std::array<std::uint32_t, 24>;  // rides by hour, any unit

/// The five weekdays share their hours until Friday evening.
struct Week {
    Day weekday, friday, saturday, sunday;
};

constexpr Week taxi_week{
    {22, 13, 8, 6, 6, 10, 24, 40, 48, 46, 42, 43, 46, 45, 47, 44, 37, 46, 58, 61, 56, 54, 50, 38},
    {26, 16, 10, 8, 7, 10, 23, 38, 46, 45, 41, 43, 46, 46, 48, 45, 38, 48, 60, 66, 62, 62, 64, 61},
    {55, 47, 39, 29, 18, 8, 10, 15, 25, 35, 42, 46, 49, 49, 49, 48, 44, 51, 60, 62, 55, 55, 59, 61},
    {57, 50, 42, 31, 20, 9, 8, 11, 18, 29, 39, 43, 46, 46, 46, 45, 41, 43, 45, 43, 39, 35, 29, 21}};
constexpr Week uber_week{{9, 5, 4, 6, 8, 13, 26, 35, 30, 23, 22, 23, 24, 27, 33, 43, 52, 59, 56, 51, 48, 48, 38, 23},
                         {13, 8, 6, 7, 8, 12, 24, 33, 29, 23, 22, 24, 26, 30, 37, 48, 56, 62, 61, 60, 58, 62, 60, 49},
                         {36, 27, 21, 14, 8, 6, 8, 11, 16, 21, 26, 29, 31, 34, 38, 44, 48, 50, 51, 50, 49, 52, 55, 48},
                         {38, 30, 23, 15, 9, 6, 7, 9, 13, 19, 24, 28, 30, 31, 33, 36, 37, 36, 34, 32, 30, 27, 22, 14}};

constexpr std::uint32_t seconds_per_hour = 3600;
constexpr std::uint32_t longest_span = 20 * 366 * core::seconds_per_day;
// Dirty rows end up to 30 minutes before and 60 hours after they begin, and must still fit a WallTime.
constexpr core::WallTime earliest{core::seconds_per_day};
constexpr core::WallTime latest{std::numeric_limits<std::uint32_t>::max() - 7 * core::seconds_per_day};
constexpr std::size_t least_slots = 16'384, slots_per_hour = 32;

Week const& week_of(core::Source source) {
    return source == core::Source::uber ? uber_week : taxi_week;
}

std::uint32_t rides_in_hour(Week const& week, core::WallTime time) {
    core::CivilTime const civil = core::civil_of(time);
    switch (civil.weekday) {
        case 5:
            return week.friday[civil.hour];
        case 6:
            return week.saturday[civil.hour];
        case 7:
            return week.sunday[civil.hour];
        default:
            return week.weekday[civil.hour];
    }
}

}  // namespace

Rhythm::Rhythm(core::Source source, TimeSpan span) : span_(span) {
    bool const orderly = earliest <= span.from && span.from < span.to && span.to <= latest;
    if (!orderly || span.to.count - span.from.count > longest_span) {
        throw core::UsageError(
            fmt::format("impossible span of time {} to {} (trips need from one second to 20 years, from 1970-01-02 on) "
                        "give another",
                        core::format_wall_time(span.from), core::format_wall_time(span.to)));
    }
    Week const& week = week_of(source);
    std::vector<std::uint64_t> sums{0};
    for (auto time = span.from; time < span.to;) {
        first_second_.push_back(time);
        core::WallTime const next{std::min(span.to.count, (time.count / seconds_per_hour + 1) * seconds_per_hour)};
        sums.push_back(sums.back() + std::uint64_t{rides_in_hour(week, time)} * (next.count - time.count));
        time = next;
    }
    std::size_t const hours = first_second_.size();
    first_second_.push_back(span.to);
    std::size_t const slots = std::max(least_slots, hours * slots_per_hour);
    for (std::size_t hour = 0; hour < hours; ++hour) {
        first_slot_.push_back(static_cast<std::uint32_t>(hour_at_.size()));
        while (hour_at_.size() * sums.back() < sums[hour + 1] * slots)
            hour_at_.push_back(static_cast<std::uint32_t>(hour));
    }
    first_slot_.push_back(static_cast<std::uint32_t>(hour_at_.size()));
}

core::WallTime Rhythm::time_at(double fraction) const {
    double const place = fraction * static_cast<double>(hour_at_.size());
    std::size_t const slot = std::min(static_cast<std::size_t>(place), hour_at_.size() - 1);
    std::size_t const hour = hour_at_[slot];
    double const slots = first_slot_[hour + 1] - first_slot_[hour];
    double const seconds = first_second_[hour + 1].count - first_second_[hour].count;
    auto const into = static_cast<std::uint32_t>((place - first_slot_[hour]) / slots * seconds);
    return {std::min(first_second_[hour].count + into, first_second_[hour + 1].count - 1)};
}

double Rhythm::busyness(core::Source source, core::WallTime time) {
    double const most = source == core::Source::uber ? 62.0 : 66.0;  // Friday evening's
    return rides_in_hour(week_of(source), time) / most;
}

double Rhythm::miles_per_hour(core::WallTime time) {
    static constexpr std::array<double, 24> speeds{17.5, 18.5, 19.0, 20.0, 22.0, 22.5, 18.0, 13.5,
                                                   11.0, 10.5, 10.5, 10.3, 10.2, 10.3, 10.2, 10.3,
                                                   10.8, 10.4, 10.7, 11.8, 13.0, 13.8, 14.5, 16.0};
    return speeds[time.count % core::seconds_per_day / seconds_per_hour];
}

}  // namespace tessera::synth
