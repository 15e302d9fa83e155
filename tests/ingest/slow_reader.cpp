#include "slow_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "slow_codes.hpp"
#include "slow_decimal.hpp"
#include "slow_header.hpp"
#include "slow_split.hpp"
#include "slow_time.hpp"

namespace tessera::ingest::testing {
namespace {

using core::Reject;
using std::string;

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

/// One row by its header's names.
class SlowRow {
  public:
    SlowRow(SlowNames const& names, core::Source source, std::vector<string> fields)
        : names_(names), source_(source), fields_(std::move(fields)) {}

    std::optional<Reject> read(core::Trip& trip, CleaningRules const& rules) {
        trip = {};
        if (fields_.size() < slow_width(names_, source_)) return Reject::malformed;
        auto const pickup_time = slow_time(text("pickup time"));
        string const end_time = text("drop-off time");
        auto const dropoff_time = slow_time(end_time);
        auto const from = place(text("pickup lon"), text("pickup lat"));
        auto const to = place(text("drop-off lon"), text("drop-off lat"));
        trip.distance.count = amount(text("distance"));
        trip.fare.count = amount(text("fare"));
        trip.tip.count = amount(text("tip"));
        trip.tolls.count = amount(text("tolls"));
        trip.total.count = amount(text("total"));
        trip.passengers.count = passengers(text("passengers"));
        trip.payment.count = slow_payment(text("payment"));
        trip.rate.count = slow_rate(text("rate"));
        bool const uber = source_ == core::Source::uber;
        trip.vendor.count = uber ? slow_uber_vendor(text("vendor")) : slow_taxi_vendor(text("vendor"));
        trip.source = source_;
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

    string text(char const* meaning) const {
        auto const column = slow_column(names_, source_, meaning);
        return column ? fields_[*column] : "";
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
    SlowNames const& names_;
    core::Source source_;
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

std::optional<SlowFile> read_or_refuse_slowly(std::string_view text, core::FileId id, CleaningRules const& rules) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    SlowFile file;
    SlowNames names;
    std::optional<core::Source> source;
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
        if (!source) {
            ++file.counts.header;
            for (string const& name : slow_split(line))
                names.push_back(slow_lower(name));
            source = slow_source(names);
            if (!source) return std::nullopt;
            continue;
        }
        core::LineNumber const number{static_cast<std::uint32_t>(file.counts.lines)};
        core::Trip trip;
        if (auto const reason = SlowRow(names, *source, slow_split(line)).read(trip, rules)) {
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
    if (file.counts.lines == file.counts.header + file.counts.blank) return std::nullopt;
    return file;
}

SlowFile read_slowly(std::string_view text, core::FileId id, CleaningRules const& rules) {
    return read_or_refuse_slowly(text, id, rules).value();
}

}  // namespace tessera::ingest::testing
