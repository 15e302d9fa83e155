#include "tessera/doctor/diagnose.hpp"

#include "problems.hpp"

namespace tessera::doctor {

std::vector<Problem> diagnose(std::vector<RankReport> const& reports, Wishes const& wishes) {
    Problems problems;
    auto const hosts = group_by_host(reports);
    find_wrong_launch(hosts, reports.size(), wishes, problems);
    find_versions_that_differ(reports, problems);
    find_path_not_shared(reports, wishes, problems);
    for (Host const& host : hosts) {
        find_refused_copies(host, problems);
        find_little_shm(host, problems);
        find_little_memory(host, problems);
        find_crowded_cores(host, problems);
        find_idle_cores(host, problems);
        find_wrong_clock(host, problems);
    }
    find_doubtful_cards(hosts, problems);
    return problems;
}

}  // namespace tessera::doctor
