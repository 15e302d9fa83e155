#include <span>

#include "tessera/comm/exchange.hpp"
#include "tessera/reduce/reduce.hpp"

namespace tessera::reduce {
namespace {

/// Groups as one list of 64-bit numbers: their length in numbers varies with their sketches.
std::vector<std::uint64_t> pack(query::Groups const& groups) {
    std::vector<std::uint64_t> words;
    for (query::Group const& group : groups) {
        words.insert(words.end(), group.key.begin(), group.key.end());
        words.push_back(group.trips);
        words.push_back(group.totals.size());
        for (query::Totals const& totals : group.totals) {
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

query::Groups unpack(std::vector<std::uint64_t> const& words) {
    query::Groups groups;
    auto next = words.begin();
    while (next != words.end()) {
        query::Group& group = groups.emplace_back();
        for (std::uint64_t& word : group.key)
            word = *next++;
        group.trips = *next++;
        group.totals.resize(*next++);
        for (query::Totals& totals : group.totals) {
            totals.known = *next++;
            totals.sum = static_cast<std::int64_t>(*next++);
            totals.min = static_cast<std::int64_t>(*next++);
            totals.max = static_cast<std::int64_t>(*next++);
            auto const first_bin = static_cast<std::int32_t>(static_cast<std::int64_t>(*next++));
            auto const bins = static_cast<std::ptrdiff_t>(*next++);
            totals.sketch = query::Sketch::from_bins(first_bin, {next, next + bins});
            next += bins;
        }
    }
    return groups;
}

}  // namespace

query::Groups reduce_groups(comm::Communicator const& comm, query::Groups local) {
    if (comm.size() == 1) return local;
    auto const words = pack(local);
    auto lists = comm::gather_to_root(comm, std::span<std::uint64_t const>(words));
    query::Groups global;
    for (auto& list : lists) {
        global = query::merge(std::move(global), unpack(list));
        std::vector<std::uint64_t>().swap(list);
    }
    return global;
}

}  // namespace tessera::reduce
