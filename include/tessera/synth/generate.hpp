#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "tessera/core/ledger.hpp"
#include "tessera/synth/dirt.hpp"
#include "tessera/synth/layout.hpp"
#include "tessera/synth/time_span.hpp"

namespace tessera::synth {

/// What to make. The same recipe gives the same bytes on any machine and at any number of threads.
struct TripRecipe {
    Layout const* layout = nullptr;  ///< see find_layout
    std::uint64_t trips = 0;         ///< rows, dirty ones included; at most max_trips
    std::uint64_t seed = 0;
    double dirty = 0;              ///< share of dirty rows, 0 to 1
    std::optional<TimeSpan> span;  ///< of the pick-ups; the layout's month when not given
    bool byte_order_mark = false;  ///< begin with the UTF-8 mark, as Windows programs do
    bool final_newline = true;     ///< whether the last row has its line end; a header without rows always has
    bool lone_cr = false;          ///< end every line in a single carriage return, as classic Mac programs did
};

inline constexpr std::uint64_t max_trips = 1'000'000'000'000;

/// What was made.
struct GeneratedCounts {
    core::Source source = core::Source::yellow;
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;        ///< header and blank lines included
    std::uint64_t rows = 0;         ///< equals the recipe's trips
    std::uint64_t blank_lines = 0;  ///< those after the header, and those between rows; a lone CR is one too
    std::array<std::uint64_t, dirt_kind_count> dirty{};  ///< rows by DirtKind

    std::uint64_t dirty_rows(DirtKind kind) const { return dirty[static_cast<std::size_t>(kind)]; }
    friend bool operator==(GeneratedCounts const&, GeneratedCounts const&) = default;
};

/// Takes the bytes of the file, piece by piece and in order; called by the calling thread only.
using ByteSink = std::function<void(std::span<char const>)>;

/// Local. Makes a file of trips with all OpenMP threads, in memory that does not grow with the number of trips.
/// Errors: core::UsageError when the recipe has no layout, a share outside 0 to 1, too many trips or an impossible
/// span; whatever the sink throws.
GeneratedCounts generate_trips(TripRecipe const& recipe, ByteSink const& sink);

/// Local. What a reader that keeps the cleaning rules must count for such a file, with the region W -74.30, S 40.45,
/// E -73.60, N 41.00 and 24 hours at most. Only `duplicate` may be higher in an Uber file: two clean rows can agree
/// in minute, point to four decimals and base, as 1.7 % of the real ones do.
core::LedgerCounts expected_ledger(GeneratedCounts const& counts);

}  // namespace tessera::synth
