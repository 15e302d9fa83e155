#pragma once
#include "tessera/core/civil_time.hpp"
#include "tessera/synth/layout.hpp"

namespace tessera::synth {

/// Local. Writes a time, which need not exist (2014-02-30), and returns where it ends.
/// Shapes: 24 bytes are free at `out`; the year has four digits.
char* write_time(char* out, core::CivilTime const& time, DateForm form);

/// Local. Writes a time without its seconds, 2014-04-01T08:05, and returns where it ends. Shapes: as above.
char* write_minute(char* out, core::CivilTime const& time);

}  // namespace tessera::synth
