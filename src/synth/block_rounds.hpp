#pragma once
#include <omp.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tessera/core/exception_keeper.hpp"

namespace tessera::synth {

/// Local. Makes blocks 0 to `blocks` - 1 with all OpenMP threads, by `make(block, index)`, and hands each over by
/// `give(block, index)`: in order, and from the calling thread. A block's memory is used again for later ones.
template <class Block, class Make, class Give>
void make_in_rounds(std::uint64_t blocks, Make const& make, Give const& give) {
    // A round of a few blocks a thread: enough to even out, and little memory.
    auto const round = static_cast<std::uint64_t>(omp_get_max_threads()) * 4;
    std::vector<Block> ready(std::min(round, blocks));
    for (std::uint64_t first = 0; first < blocks; first += round) {
        std::uint64_t const here = std::min(round, blocks - first);
        core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic)
        for (std::uint64_t i = 0; i < here; ++i)
            keeper.run([&] { make(ready[i], first + i); });
        keeper.rethrow();
        for (std::uint64_t i = 0; i < here; ++i)
            give(ready[i], first + i);
    }
}

}  // namespace tessera::synth
