#pragma once
#include <string>
#include <vector>

#include "tessera/doctor/rank_report.hpp"

namespace tessera::doctor {

/// The ranks of one host.
struct Host {
    std::vector<RankReport const*> ranks;

    RankReport const& first() const { return *ranks.front(); }
    std::string const& name() const { return first().facts.host; }
};

/// Local. The hosts in the order of their first ranks; they point into the reports.
std::vector<Host> group_by_host(std::vector<RankReport> const& reports);

/// Local. Cores that its ranks may use together: those of all their affinity masks, at most the quota, rounded up.
int usable_cores(Host const& host);
/// Local. Threads of all its ranks.
int threads_of(Host const& host);
/// Local. The numbers of its ranks: "0-3".
std::string ranks_of(Host const& host);

}  // namespace tessera::doctor
