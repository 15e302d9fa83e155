#include "synth/plain_reader.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "tessera/core/civil_time.hpp"

namespace tessera::synth {
namespace {

using std::string;

std::vector<string> split(std::string_view line) {
    std::vector<string> fields(1);
    for (char const c : line) {
        if (c == ',') {
            fields.emplace_back();
        } else if (c != '"') {
            fields.back() += c;
        }
    }
    return fields;
}

string name_from(string const& header) {
    string name;
    for (char const c : header) {
        if (c != ' ') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return name;
}

std::optional<double> number_in(string const& text) {
    if (text.empty()) return std::nullopt;
    std::size_t used = 0;
    try {
        double const value = std::stod(text, &used);
        return used == text.size() ? std::optional(value) : std::nullopt;
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

/// Any of the date forms, told apart by the length of the first number and by what follows it.
std::optional<core::WallTime> time_in(string const& text) {
    std::vector<int> numbers;
    std::vector<std::size_t> lengths;
    bool in_number = false;
    for (char const c : text) {
        bool const digit = c >= '0' && c <= '9';
        if (digit && !in_number) {
            numbers.push_back(0);
            lengths.push_back(0);
        }
        if (digit) {
            numbers.back() = numbers.back() * 10 + (c - '0');
            ++lengths.back();
        }
        in_number = digit;
    }
    if (numbers.size() < 5) return std::nullopt;
    if (numbers.size() == 5) numbers.push_back(0);
    if (lengths[0] != 4) std::rotate(numbers.begin(), numbers.begin() + 2, numbers.begin() + 3);
    if (numbers[0] < 100) numbers[0] += 2000;
    int hour = numbers[3];
    if (text.ends_with("AM") && hour == 12) hour = 0;
    if (text.ends_with("PM") && hour != 12) hour += 12;
    auto const days = core::days_of(numbers[0], static_cast<unsigned>(numbers[1]), static_cast<unsigned>(numbers[2]));
    if (!days) return std::nullopt;
    return core::WallTime{*days * core::seconds_per_day +
                          static_cast<std::uint32_t>(hour * 3600 + numbers[4] * 60 + numbers[5])};
}

/// Judges one row; nothing when it is kept.
std::optional<core::Reject> judge(PlainRow const& row, PlainTrips& read) {
    auto const time = value_of(
        row, {"date/time", "trip_pickup_datetime", "pickup_datetime", "tpep_pickup_datetime", "lpep_pickup_datetime"});
    auto const lon = value_of(row, {"lon", "start_lon", "pickup_longitude"});
    auto const lat = value_of(row, {"lat", "start_lat", "pickup_latitude"});
    if (!time || !lon || !lat || !time_in(*time)) return core::Reject::malformed;
    bool const empty = lon->empty() && lat->empty();
    if (!empty && (!number_in(*lon) || !number_in(*lat))) return core::Reject::malformed;
    if (empty || (*number_in(*lon) == 0 && *number_in(*lat) == 0)) return core::Reject::no_pickup;
    double const x = *number_in(*lon), y = *number_in(*lat);
    if (x < -74.30 || x > -73.60 || y < 40.45 || y > 41.00) return core::Reject::outside_region;
    core::WallTime const pickup_time = *time_in(*time);
    if (auto const text = value_of(
            row, {"trip_dropoff_datetime", "dropoff_datetime", "tpep_dropoff_datetime", "lpep_dropoff_datetime"})) {
        auto const dropoff_time = time_in(*text);
        if (!dropoff_time) return core::Reject::malformed;
        if (*dropoff_time < pickup_time) return core::Reject::time_order;
        if (dropoff_time->count - pickup_time.count > core::seconds_per_day) return core::Reject::too_long;
    }
    read.pickup_times.push_back(pickup_time);
    return std::nullopt;
}

void note_oddities(PlainRow const& row, bool seen_before, core::LedgerCounts& ledger) {
    if (seen_before) ledger.count(core::Oddity::duplicate);
    if (auto const lon = value_of(row, {"end_lon", "dropoff_longitude"}); lon && (lon->empty() || *lon == "0"))
        ledger.count(core::Oddity::unknown_dropoff);
    if (auto const fare = value_of(row, {"fare_amt", "fare_amount"}); fare && number_in(*fare).value() < 0)
        ledger.count(core::Oddity::negative_fare);
    if (auto const distance = value_of(row, {"trip_distance"}); distance && number_in(*distance).value() == 0)
        ledger.count(core::Oddity::zero_distance);
}

}  // namespace

std::optional<string> value_of(PlainRow const& row, std::initializer_list<char const*> names) {
    for (char const* const name : names) {
        if (auto const found = row.find(name); found != row.end()) return found->second;
    }
    return std::nullopt;
}

PlainTrips read_plainly(std::string_view bytes, char line_end) {
    PlainTrips read;
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    std::vector<string> names;
    std::set<string> seen;
    while (!bytes.empty()) {
        auto const end = bytes.find(line_end);
        string line(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (line.ends_with('\r')) line.pop_back();
        ++read.ledger.lines;
        if (names.empty()) {
            ++read.ledger.header;
            for (string const& field : split(line))
                names.push_back(name_from(field));
            continue;
        }
        if (line.empty()) {
            ++read.ledger.blank;
            continue;
        }
        PlainRow row;
        auto const fields = split(line);
        for (std::size_t i = 0; i < std::min(fields.size(), names.size()); ++i)
            row[names[i]] = fields[i];
        if (auto const reason = judge(row, read)) {
            read.ledger.count(*reason);
            continue;
        }
        ++read.ledger.kept;
        note_oddities(row, !seen.insert(line).second, read.ledger);
        read.rows.push_back(row);
    }
    return read;
}

}  // namespace tessera::synth
