#include "slow_reader.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <optional>

#include "slow_decimal.hpp"
#include "slow_split.hpp"
#include "slow_time.hpp"

namespace tessera::ingest::testing {
namespace {

using core::Reject;
using std::string;
using Names = std::vector<string>;

string lower(string text) {
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::vector<string> lines_of(std::string_view text) {
    char const end = text.find('\n') == std::string_view::npos ? '\r' : '\n';
    std::vector<string> lines(1);
    for (char const c : text) {
        if (c == end)
            lines.emplace_back();
        else
            lines.back() += c;
    }
    if (lines.back().empty()) lines.pop_back();
    return lines;
}

std::uint8_t code_of(string const& text, int most, std::map<string, int> const& words) {
    if (auto const word = words.find(lower(text)); word != words.end()) return static_cast<std::uint8_t>(word->second);
    auto const number = slow_decimal(text, 0);
    return number && *number >= 1 && *number <= most ? static_cast<std::uint8_t>(*number) : std::uint8_t{0};
}

/// One row by its header's names.
class SlowRow {
  public:
    SlowRow(Names const& names, std::vector<string> fields) : names_(names), fields_(std::move(fields)) {}

    std::optional<Reject> read(core::Trip& trip, CleaningRules const& rules) {
        trip = {};
        bool const uber = has({"date/time"});
        auto const pickup_time = slow_time(text(
            {"date/time", "trip_pickup_datetime", "pickup_datetime", "tpep_pickup_datetime", "lpep_pickup_datetime"}));
        string const end_time =
            text({"trip_dropoff_datetime", "dropoff_datetime", "tpep_dropoff_datetime", "lpep_dropoff_datetime"});
        auto const dropoff_time = slow_time(end_time);
        auto const from =
            place(text({"lon", "start_lon", "pickup_longitude"}), text({"lat", "start_lat", "pickup_latitude"}));
        auto const to = place(text({"end_lon", "dropoff_longitude"}), text({"end_lat", "dropoff_latitude"}));
        trip.distance.count = amount(text({"trip_distance"}));
        trip.fare.count = amount(text({"fare_amt", "fare_amount"}));
        trip.tip.count = amount(text({"tip_amt", "tip_amount"}));
        trip.tolls.count = amount(text({"tolls_amt", "tolls_amount"}));
        trip.total.count = amount(text({"total_amt", "total_amount"}));
        trip.passengers.count = passengers(text({"passenger_count"}));
        read_codes(trip, uber);
        if (malformed_ || !pickup_time || (!end_time.empty() && !dropoff_time)) return Reject::malformed;
        trip.pickup_time = *pickup_time;
        trip.dropoff_time = dropoff_time.value_or(core::WallTime{});
        if (to && to->lon >= -1'800'000'000 && to->lon <= 1'800'000'000 && to->lat >= -900'000'000 &&
            to->lat <= 900'000'000) {
            trip.dropoff_lon.count = static_cast<std::int32_t>(to->lon);
            trip.dropoff_lat.count = static_cast<std::int32_t>(to->lat);
        }
        if (!from) return Reject::no_pickup;
        if (from->lon < rules.region.west || from->lon > rules.region.east || from->lat < rules.region.south ||
            from->lat > rules.region.north)
            return Reject::outside_region;
        trip.pickup_lon.count = static_cast<std::int32_t>(from->lon);
        trip.pickup_lat.count = static_cast<std::int32_t>(from->lat);
        if (end_time.empty()) return std::nullopt;
        if (trip.dropoff_time < trip.pickup_time) return Reject::time_order;
        if (trip.dropoff_time.count - trip.pickup_time.count > rules.longest_s) return Reject::too_long;
        return std::nullopt;
    }

  private:
    struct Place {
        std::int64_t lon, lat;
    };

    std::size_t find(std::initializer_list<char const*> wanted) const {
        return static_cast<std::size_t>(std::find_first_of(names_.begin(), names_.end(), wanted.begin(), wanted.end()) -
                                        names_.begin());
    }
    bool has(std::initializer_list<char const*> wanted) const { return find(wanted) < names_.size(); }
    string text(std::initializer_list<char const*> wanted) {
        std::size_t const column = find(wanted);
        if (column >= names_.size()) return "";
        if (column >= fields_.size()) malformed_ = true;
        return column < fields_.size() ? fields_[column] : "";
    }
    std::int64_t number(string const& text, int scale) {
        auto const value = slow_decimal(text, scale);
        if (!value) malformed_ = true;
        return value.value_or(0);
    }
    std::optional<Place> place(string const& lon, string const& lat) {
        if (lon.empty() || lat.empty()) return std::nullopt;
        Place const place{number(lon, 7), number(lat, 7)};
        if (place.lon == 0 && place.lat == 0) return std::nullopt;
        return place;
    }
    std::int32_t amount(string const& text) {
        if (text.empty()) return core::unknown<core::Cents>().count;
        std::int64_t const value = number(text, 2);
        if (value > 2147483647 || value < -2147483647) malformed_ = true;
        return static_cast<std::int32_t>(value);
    }
    std::uint8_t passengers(string const& text) {
        std::int64_t const value = text.empty() ? 255 : number(text, 0);
        if (value < 0) malformed_ = true;
        return static_cast<std::uint8_t>(std::min<std::int64_t>(value, 255));
    }
    void read_codes(core::Trip& trip, bool uber) {
        trip.payment.count = code_of(text({"payment_type"}), 6,
                                     {{"credit", 1},
                                      {"cre", 1},
                                      {"crd", 1},
                                      {"cash", 2},
                                      {"cas", 2},
                                      {"csh", 2},
                                      {"no charge", 3},
                                      {"noc", 3},
                                      {"dispute", 4},
                                      {"dis", 4},
                                      {"unk", 5},
                                      {"na", 5}});
        trip.rate.count = code_of(text({"rate_code", "ratecodeid"}), 6, {});
        string const vendor = text({"vendor_name", "vendor_id", "vendorid", "base"});
        bool const green = has({"lpep_pickup_datetime", "trip_type", "ehail_fee"});
        trip.source = uber ? core::Source::uber : green ? core::Source::green : core::Source::yellow;
        trip.vendor.count = code_of(vendor, 3, {{"cmt", 1}, {"vts", 2}, {"dds", 3}});
        if (!uber) return;
        std::map<string, int> const bases{{"b02512", 10}, {"b02598", 11}, {"b02617", 12},
                                          {"b02682", 13}, {"b02764", 14}, {"", 0}};
        auto const base = bases.find(lower(vendor));
        trip.vendor.count = static_cast<std::uint8_t>(base == bases.end() ? 15 : base->second);
    }

    Names const& names_;
    std::vector<string> fields_;
    bool malformed_ = false;
};

void count_odd(core::Trip const& trip, core::LedgerCounts& counts) {
    constexpr std::int32_t unknown = INT32_MIN;
    if (trip.source != core::Source::uber && trip.dropoff_lon.count == unknown)
        counts.count(core::Oddity::unknown_dropoff);
    if (trip.fare.count != unknown && trip.fare.count < 0) counts.count(core::Oddity::negative_fare);
    if (trip.distance.count == 0) counts.count(core::Oddity::zero_distance);
}

}  // namespace

SlowFile read_slowly(std::string_view text, core::FileId id, CleaningRules const& rules) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    SlowFile file;
    Names names;
    for (string& line : lines_of(text)) {
        ++file.counts.lines;
        if (!names.empty() && line.size() > longest_line_bytes) {
            file.counts.count(Reject::malformed);
            line.resize(longest_line_bytes);
            file.rejected.push_back({id, {static_cast<std::uint32_t>(file.counts.lines)}, Reject::malformed, line});
            continue;
        }
        if (slow_trim(line).empty()) {
            ++file.counts.blank;
            continue;
        }
        if (names.empty()) {
            ++file.counts.header;
            for (string const& name : slow_split(line))
                names.push_back(lower(name));
            continue;
        }
        core::LineNumber const number{static_cast<std::uint32_t>(file.counts.lines)};
        core::Trip trip;
        if (auto const reason = SlowRow(names, slow_split(line)).read(trip, rules)) {
            file.counts.count(*reason);
            if (line.ends_with('\r')) line.pop_back();
            file.rejected.push_back({id, number, *reason, line});
            continue;
        }
        trip.file = id;
        trip.line = number;
        count_odd(trip, file.counts);
        ++file.counts.kept;
        file.trips.push_back(trip);
    }
    return file;
}

}  // namespace tessera::ingest::testing
