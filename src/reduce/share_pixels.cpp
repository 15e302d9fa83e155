#include "tessera/reduce/share_pixels.hpp"

#include <algorithm>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"

namespace tessera::reduce {

std::vector<query::TalliedPixel> share_pixels(comm::Communicator const& comm, std::vector<query::TalliedPixel> pixels,
                                              std::span<std::uint64_t const> first_keys) {
    if (comm.size() == 1) return pixels;
    std::vector<std::uint64_t> counts;
    auto from = pixels.begin();
    for (std::size_t rank = 0; rank < first_keys.size(); ++rank) {
        auto const is_before = [](query::TalliedPixel const& pixel, std::uint64_t key) { return pixel.key < key; };
        auto const end = rank + 1 < first_keys.size()
                             ? std::lower_bound(from, pixels.end(), first_keys[rank + 1], is_before)
                             : pixels.end();
        counts.push_back(static_cast<std::uint64_t>(end - from));
        from = end;
    }
    auto const received_counts = comm::all_to_all(comm, std::span<std::uint64_t const>(counts));
    auto received = comm::exchange(comm, std::span<query::TalliedPixel const>(pixels), counts, received_counts);
    query::order_pixels(received);
    return received;
}

}  // namespace tessera::reduce
