#pragma once
#include <vector>

#include "tessera/doctor/diagnose.hpp"
#include "tessera/doctor/hosts.hpp"

namespace tessera::doctor {

// Each looks for one kind of trouble and adds what it finds. Local.
using Hosts = std::vector<Host>;
using Problems = std::vector<Problem>;

/// "1 rank", "2 ranks".
std::string plural(std::size_t count, char const* thing);

void find_wrong_launch(Hosts const& hosts, std::size_t ranks, Wishes const& wishes, Problems& problems);
void find_versions_that_differ(std::vector<RankReport> const& reports, Problems& problems);
void find_path_not_shared(std::vector<RankReport> const& reports, Wishes const& wishes, Problems& problems);
void find_crowded_cores(Host const& host, Problems& problems);
void find_idle_cores(Host const& host, Problems& problems);
void find_little_memory(Host const& host, Problems& problems);
void find_little_shm(Host const& host, Problems& problems);
void find_refused_copies(Host const& host, Problems& problems);
void find_wrong_clock(Host const& host, Problems& problems);
void find_doubtful_cards(Hosts const& hosts, Problems& problems);

}  // namespace tessera::doctor
