#pragma once
#include <array>
#include <cstdint>

#include "tessera/synth/city.hpp"
#include "tessera/synth/layout.hpp"
#include "tessera/synth/rhythm.hpp"
#include "tessera/synth/trip_draft.hpp"

namespace tessera::synth {

/// Makes the clean trip of any row of a file, in any order and from any thread.
class TripMaker {
  public:
    /// `trips` is the length of the file, which the order of times depends on. Errors: core::UsageError for an
    /// impossible span.
    TripMaker(Layout const& layout, TimeSpan span, std::uint64_t trips, std::uint64_t seed);

    /// Local. The trip of a row. Shapes: row < trips.
    TripDraft make(std::uint64_t row) const;

  private:
    TripDraft make_uber(std::uint64_t row, RandomStream& random) const;
    TripDraft make_taxi(std::uint64_t row, RandomStream& random) const;
    double time_fraction(std::uint64_t row, RandomStream& random) const;

    Layout const* layout_;
    City city_;
    Rhythm rhythm_;
    std::uint64_t trips_;
    std::uint64_t seed_;
    std::array<std::uint64_t, core::uber_bases.size() + 1> first_row_of_base_;
};

}  // namespace tessera::synth
