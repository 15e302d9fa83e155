#pragma once
#include <cstdint>
#include <limits>

namespace tessera::core {

/// Most trips that one rank can hold: it numbers its rows with 32 bits. A store has no such limit.
inline constexpr std::uint64_t most_rows_of_a_rank = std::numeric_limits<std::uint32_t>::max();

/// Local. Throws core::DataError for more trips than one rank can hold.
void require_row_numbers(std::uint64_t trips);

}  // namespace tessera::core
