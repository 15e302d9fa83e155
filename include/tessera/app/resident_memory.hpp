#pragma once
#include <cstdint>

namespace tessera::app {

/// Local. Bytes of memory that this process holds now; 0 where the system does not tell.
std::uint64_t resident_bytes();

}  // namespace tessera::app
