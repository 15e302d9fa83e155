#include "tessera/query/pack_groups.hpp"

namespace tessera::query {

std::vector<std::uint64_t> pack_groups(Groups const& groups) {
    std::vector<std::uint64_t> words;
    for (Group const& group : groups) {
        words.insert(words.end(), group.key.begin(), group.key.end());
        words.push_back(group.trips);
        words.push_back(group.totals.size());
        for (Totals const& totals : group.totals) {
            auto const& counts = totals.sketch.counts();
            words.insert(words.end(),
                         {totals.known, static_cast<std::uint64_t>(totals.sum), static_cast<std::uint64_t>(totals.min),
                          static_cast<std::uint64_t>(totals.max),
                          static_cast<std::uint64_t>(std::int64_t{totals.sketch.first_bin()}), counts.size()});
            words.insert(words.end(), counts.begin(), counts.end());
        }
    }
    return words;
}

Groups unpack_groups(std::span<std::uint64_t const> words) {
    Groups groups;
    auto next = words.begin();
    while (next != words.end()) {
        Group& group = groups.emplace_back();
        for (std::uint64_t& word : group.key)
            word = *next++;
        group.trips = *next++;
        group.totals.resize(*next++);
        for (Totals& totals : group.totals) {
            totals.known = *next++;
            totals.sum = static_cast<std::int64_t>(*next++);
            totals.min = static_cast<std::int64_t>(*next++);
            totals.max = static_cast<std::int64_t>(*next++);
            auto const first_bin = static_cast<std::int32_t>(static_cast<std::int64_t>(*next++));
            auto const bins = static_cast<std::ptrdiff_t>(*next++);
            totals.sketch = Sketch::from_bins(first_bin, {next, next + bins});
            next += bins;
        }
    }
    return groups;
}

}  // namespace tessera::query
