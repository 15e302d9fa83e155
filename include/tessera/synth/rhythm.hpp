#pragma once
#include <cstdint>
#include <vector>

#include "tessera/core/codes.hpp"
#include "tessera/core/units.hpp"
#include "tessera/synth/time_span.hpp"

namespace tessera::synth {

/// When people ride: rush hours on weekdays, nights at weekends; yellow and green as each other, Uber more in evenings.
class Rhythm {
  public:
    /// Shapes: the span holds from one second to 20 years, from 1970-01-02 on. Errors: core::UsageError for any other
    /// span.
    Rhythm(core::Source source, TimeSpan span);

    TimeSpan span() const { return span_; }
    /// Local. The time before which that fraction of all rides begins; it never falls as the fraction grows.
    /// Shapes: 0 <= fraction < 1.
    core::WallTime time_at(double fraction) const;
    /// Local. How many people ride in the hour of that time, against the busiest of the week: above 0, at most 1.
    static double busyness(core::Source source, core::WallTime time);
    /// Local. How fast traffic moves in the hour of that time, in miles an hour.
    static double miles_per_hour(core::WallTime time);

  private:
    TimeSpan span_;
    std::vector<core::WallTime> first_second_;  ///< of each hour, and the end of the span
    std::vector<std::uint32_t> first_slot_;     ///< of each hour, and the number of slots
    std::vector<std::uint32_t> hour_at_;        ///< for each slot: busy hours have many
};

}  // namespace tessera::synth
