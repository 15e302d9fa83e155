#pragma once
#include <cstdint>

namespace tessera::app {

/// Local. Bytes of memory that this process holds now; 0 where the system does not tell.
std::uint64_t resident_bytes();

/// Local. Those of them that the system cannot take back, but by swapping: what is no copy of a file. 0 as above.
std::uint64_t unreclaimable_bytes();

}  // namespace tessera::app
