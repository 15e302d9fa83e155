#include "tessera/doctor/rank_report.hpp"

#include <nlohmann/json.hpp>

// Found by the library under these names.
namespace tessera::machine {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CgroupLimits, cores, memory_bytes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Card, name, address)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Facts, host, cores_of_host, cores, cgroup, memory_bytes, memory_free_bytes,
                                   shm_bytes, shm_free_bytes, cards)
}  // namespace tessera::machine

namespace tessera::doctor {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(MpiSettings, library, pml, btl, tcp_cards, tcp_no_cards, single_copy)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PathView, sees_it, sees_probe, writes_together, bytes, file_system, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RankReport, rank, host, threads, facts, mpi, hdf5, hdf5_parallel,
                                   single_copy_refused, single_copy_reason, clock_ahead_s, clock_uncertain_s, path)

std::string as_json(RankReport const& report) {
    // Host names and errors are the system's: whatever bytes they have, they are sent.
    return nlohmann::json(report).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

RankReport from_json(std::string const& line) {
    return nlohmann::json::parse(line).get<RankReport>();
}

}  // namespace tessera::doctor
