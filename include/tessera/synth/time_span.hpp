#pragma once
#include "tessera/core/units.hpp"

namespace tessera::synth {

/// Half-open: from <= t < to.
struct TimeSpan {
    core::WallTime from;
    core::WallTime to;
    bool contains(core::WallTime time) const { return from <= time && time < to; }
    friend bool operator==(TimeSpan, TimeSpan) = default;
};

/// Local. The whole of a calendar month. Errors: core::UsageError when the calendar has no such month.
TimeSpan whole_month(int year, unsigned month);

}  // namespace tessera::synth
