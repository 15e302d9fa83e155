#pragma once

namespace tessera::core {

/// Local. Asks memory for what is at an address, so that it is at hand when somebody looks at it. A function that does
/// nothing but ask has no effect in GCC's eyes, which drops calls of it: the empty instruction tells it otherwise.
inline void ask_memory(void const* address) {
    __builtin_prefetch(address);
    asm volatile("");
}

/// Local. The same for the second cache, where the first has no room.
inline void ask_for_second_cache(void const* address) {
    __builtin_prefetch(address, 0, 2);
    asm volatile("");
}

}  // namespace tessera::core
