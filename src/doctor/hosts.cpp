#include "tessera/doctor/hosts.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tessera::doctor {

std::vector<Host> group_by_host(std::vector<RankReport> const& reports) {
    std::vector<Host> hosts;
    for (RankReport const& report : reports) {
        auto const number = static_cast<std::size_t>(report.host);
        if (hosts.size() <= number) hosts.resize(number + 1);
        hosts[number].ranks.push_back(&report);
    }
    return hosts;
}

int usable_cores(Host const& host) {
    std::set<int> cores;
    for (RankReport const* const rank : host.ranks)
        cores.insert(rank->facts.cores.begin(), rank->facts.cores.end());
    int const allowed = static_cast<int>(cores.size());
    double const quota = host.first().facts.cgroup.cores;
    return quota > 0 ? std::min(allowed, static_cast<int>(std::ceil(quota))) : allowed;
}

int threads_of(Host const& host) {
    int threads = 0;
    for (RankReport const* const rank : host.ranks)
        threads += rank->threads;
    return threads;
}

std::string ranks_of(Host const& host) {
    std::vector<int> numbers;
    for (RankReport const* const rank : host.ranks)
        numbers.push_back(rank->rank);
    return machine::as_ranges(numbers);
}

}  // namespace tessera::doctor
