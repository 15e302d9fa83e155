#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "tessera/synth/layout.hpp"
#include "tessera/synth/trip_draft.hpp"

namespace tessera::synth {

/// Local. The payments (1 to 5) for which a style has a word.
std::span<std::uint8_t const> payments_of(CodeStyle style);

/// Local. How a style spells the trip's vendor, payment, rate and store-and-forward flag. Where the real files of a
/// period have several spellings, the vendor and `spelling` choose.
std::string_view vendor_text(CodeStyle style, TripDraft const& trip);
std::string_view payment_text(CodeStyle style, TripDraft const& trip);
std::string_view rate_text(CodeStyle style, TripDraft const& trip);
std::string_view store_and_forward_text(CodeStyle style, TripDraft const& trip);

}  // namespace tessera::synth
