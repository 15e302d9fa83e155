#include "curve_walk.hpp"

#include <algorithm>

namespace tessera::query {

std::size_t group_at(RowOrder const& order, std::uint64_t key, std::size_t from) {
    std::vector<std::uint64_t> const& keys = order.group_key;
    // From there on in steps that grow, and then in the last of them.
    std::size_t low = keys[from] <= key ? from : 0, high = low + 1;
    for (std::size_t step = 1; high < keys.size() && keys[high] <= key; step *= 2) {
        low = high;
        high += step;
    }
    high = std::min(high, keys.size());
    auto const begin = keys.begin() + static_cast<std::ptrdiff_t>(low);
    auto const after = std::upper_bound(begin + 1, keys.begin() + static_cast<std::ptrdiff_t>(high), key);
    return static_cast<std::size_t>(after - keys.begin()) - 1;
}

}  // namespace tessera::query
