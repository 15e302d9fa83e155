#include <fmt/format.h>

#include "tessera/core/error.hpp"
#include "tessera/synth/dirt.hpp"

namespace tessera::synth {
namespace {

using enum DirtKind;

constexpr std::array<std::string_view, dirt_kind_count> names{
    "zero_pickup",      "zero_dropoff",    "empty_pickup",   "empty_dropoff",
    "pickup_in_boston", "pickup_in_ocean", "pickup_swapped", "dropoff_before_pickup",
    "too_long",         "impossible_date", "date_is_text",   "number_is_text",
    "short_row",        "blank_line",      "lone_cr_line",   "duplicate",
    "negative_fare",    "zero_distance",   "unknown_code"};

constexpr std::array taxi_kinds{zero_pickup,      zero_dropoff,    empty_pickup,   empty_dropoff,
                                pickup_in_boston, pickup_in_ocean, pickup_swapped, dropoff_before_pickup,
                                too_long,         impossible_date, date_is_text,   number_is_text,
                                short_row,        blank_line,      lone_cr_line,   duplicate,
                                negative_fare,    zero_distance,   unknown_code};
constexpr std::array uber_kinds{zero_pickup,     empty_pickup, pickup_in_boston, pickup_in_ocean, pickup_swapped,
                                impossible_date, date_is_text, number_is_text,   short_row,       blank_line,
                                lone_cr_line,    duplicate,    unknown_code};
static_assert(taxi_kinds.size() == dirt_kind_count);

// Other numbers than those of the trip: a row's clean values do not change with the share of dirty rows.
constexpr std::uint64_t dirt_salt = 0x6d697374;

}  // namespace

std::string_view name_of(DirtKind kind) {
    return names[static_cast<std::size_t>(kind)];
}

std::span<DirtKind const> dirt_kinds_of(core::Source source) {
    if (source == core::Source::uber) return uber_kinds;
    return taxi_kinds;
}

DirtPlan::DirtPlan(core::Source source, std::uint64_t seed, double share)
    : source_(source), seed_(seed ^ dirt_salt), share_(share) {
    if (!(share >= 0.0 && share <= 1.0)) {
        throw core::UsageError(
            fmt::format("a share of {} dirty rows (a share lies between 0 and 1) give one like 0.02", share));
    }
}

std::optional<DirtKind> DirtPlan::drawn_kind_of(std::uint64_t row) const {
    if (share_ == 0.0) return std::nullopt;
    RandomStream random(seed_, row);
    if (!random.happens(share_)) return std::nullopt;
    auto const kinds = dirt_kinds_of(source_);
    return kinds[random.below(static_cast<std::uint32_t>(kinds.size()))];
}

std::optional<DirtKind> DirtPlan::kind_of(std::uint64_t row) const {
    auto const kind = drawn_kind_of(row);
    if (kind != duplicate) return kind;
    bool const has_clean_neighbour = row > 0 && !drawn_kind_of(row - 1);
    return has_clean_neighbour ? duplicate : unknown_code;
}

}  // namespace tessera::synth
