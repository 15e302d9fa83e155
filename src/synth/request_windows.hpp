#pragma once
#include <optional>

#include "tessera/synth/random_stream.hpp"
#include "tessera/synth/request_maker.hpp"

namespace tessera::synth {

/// Local. How long a window an operation is asked with. Always throws one die.
WindowKind draw_window_kind(RandomStream& random, Operation operation);

/// Local. A window of that kind, within the span, that contains the time; the whole span when it is shorter; nothing
/// for none. Always throws one die. Shapes: the span is whole days and contains the time.
std::optional<TimeSpan> draw_window(RandomStream& random, WindowKind kind, core::WallTime time, TimeSpan span);

}  // namespace tessera::synth
