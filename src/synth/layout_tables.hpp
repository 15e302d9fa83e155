#pragma once
#include <span>

#include "tessera/synth/layout.hpp"

namespace tessera::synth {

/// Local. The layouts of one source, from the oldest on.
std::span<Layout const> yellow_layouts();
std::span<Layout const> green_layouts();
std::span<Layout const> uber_layouts();

}  // namespace tessera::synth
