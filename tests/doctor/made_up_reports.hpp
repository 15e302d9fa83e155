#pragma once
#include <string>
#include <vector>

#include "tessera/doctor/rank_report.hpp"

namespace tessera::doctor {

/// Local. Reports of a launch without fault: so many hosts of eight cores, on each so many ranks that share its cores.
inline std::vector<RankReport> make_reports(int hosts, int ranks_a_host) {
    constexpr std::uint64_t gib = 1 << 30;
    std::vector<RankReport> reports;
    for (int host = 0; host < hosts; ++host)
        for (int i = 0; i < ranks_a_host; ++i) {
            RankReport report;
            report.rank = host * ranks_a_host + i;
            report.host = host;
            report.threads = 8 / ranks_a_host;
            report.facts.host = "h" + std::to_string(host);
            report.facts.cores_of_host = 8;
            report.facts.cores = {0, 1, 2, 3, 4, 5, 6, 7};
            report.facts.memory_bytes = 64 * gib;
            report.facts.memory_free_bytes = 60 * gib;
            report.facts.shm_bytes = report.facts.shm_free_bytes = 32 * gib;
            report.facts.cards = {{"eth0", "10.0.0." + std::to_string(host + 1)}};
            report.mpi = {"Open MPI v4.1.4", "ob1", "self,vader,tcp", "", "127.0.0.1/8,sppp", "cma"};
            report.hdf5 = "HDF5 1.10.8";
            report.path = {true, true, true, 0, "nfs", ""};
            reports.push_back(report);
        }
    return reports;
}

}  // namespace tessera::doctor
