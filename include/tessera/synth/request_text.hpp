#pragma once
#include <cstddef>
#include <cstdint>

#include "tessera/synth/request_draft.hpp"

namespace tessera::synth {

/// No request with its line end is longer.
inline constexpr std::size_t max_request_bytes = 512;

/// Local. Writes the request of a row (its id is "r1" for row 0) as one line of JSON with its line end, and returns
/// where it ends. Shapes: `max_request_bytes` bytes are free at `out`.
char* write_request(char* out, std::uint64_t row, RequestDraft const& request);

}  // namespace tessera::synth
