#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "tessera/core/codes.hpp"
#include "tessera/synth/layout.hpp"
#include "tessera/synth/random_stream.hpp"
#include "tessera/synth/row_text.hpp"
#include "tessera/synth/trip_draft.hpp"

namespace tessera::synth {

/// What can be wrong with a row; each is seen in published files or in re-saves of them.
enum class DirtKind : std::uint8_t {
    zero_pickup,            ///< 0,0
    zero_dropoff,           ///< 0,0
    empty_pickup,           ///< both coordinates
    empty_dropoff,          ///< both coordinates
    pickup_in_boston,       ///< outside the region
    pickup_in_ocean,        ///< outside the region
    pickup_swapped,         ///< latitude and longitude exchanged
    dropoff_before_pickup,  ///< by 1 to 30 minutes
    too_long,               ///< 24 to 60 hours
    impossible_date,        ///< the pick-up on 30 February
    date_is_text,           ///< of the pick-up
    number_is_text,         ///< a coordinate of the pick-up
    short_row,              ///< cut before the last coordinate of the pick-up
    blank_line,             ///< an empty line before the row, which is clean
    lone_cr_line,           ///< a line that holds a carriage return alone before the row, which is clean
    duplicate,              ///< the bytes of the previous row again
    negative_fare,          ///< and total
    zero_distance,
    unknown_code  ///< a payment, or an Uber base, of which no dictionary knows
};
inline constexpr std::size_t dirt_kind_count = 19;

/// Local. The kind's name, as above.
std::string_view name_of(DirtKind kind);

/// Local. The kinds that rows of a source can have: an Uber row has no drop-off, fare or distance.
std::span<DirtKind const> dirt_kinds_of(core::Source source);

/// Says which rows of a file are dirty, and how; depends on (seed, row) alone.
class DirtPlan {
  public:
    /// `share` is the share of dirty rows. Errors: core::UsageError unless 0 <= share <= 1.
    DirtPlan(core::Source source, std::uint64_t seed, double share);

    /// Local. What is wrong with a row; nothing when it is clean. A duplicate always follows a clean row, so that what
    /// is counted for it does not depend on its neighbour.
    std::optional<DirtKind> kind_of(std::uint64_t row) const;

  private:
    std::optional<DirtKind> drawn_kind_of(std::uint64_t row) const;

    core::Source source_;
    std::uint64_t seed_;
    double share_;
};

/// Local. Spoils the values of a trip, for the kinds that are a matter of values.
void spoil(TripDraft& trip, DirtKind kind, RandomStream& random);

/// Local. What to write wrongly, for the kinds that are a matter of text; an empty flaw for all others.
RowFlaw flaw_of(DirtKind kind, Layout const& layout, TripDraft const& trip, RandomStream& random);

}  // namespace tessera::synth
