#pragma once
#include "tessera/core/civil_time.hpp"
#include "tessera/synth/layout.hpp"

namespace tessera::synth {

/// Local. Writes a time, which need not exist (2014-02-30), and returns where it ends.
/// Shapes: 24 bytes are free at `out`; the year has four digits.
char* write_time(char* out, core::CivilTime const& time, DateForm form);

}  // namespace tessera::synth
