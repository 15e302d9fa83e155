#include <algorithm>
#include <nlohmann/json.hpp>

#include "tessera/doctor/hosts.hpp"
#include "tessera/report/doctor.hpp"

namespace tessera::report {
namespace {

using Json = nlohmann::ordered_json;
using doctor::Host;
using doctor::Problem;
using doctor::RankReport;

char const* name_of(Problem::Kind kind) {
    switch (kind) {
        case Problem::Kind::broken:
            return "broken";
        case Problem::Kind::unexpected:
            return "unexpected";
        default:
            return "warning";
    }
}

/// 0 stands for a limit that is not there.
Json or_null(double value) {
    return value > 0 ? Json(value) : Json(nullptr);
}

Json json_of(Host const& host) {
    RankReport const& first = host.first();
    Json ranks = Json::array(), cards = Json::array();
    for (RankReport const* const rank : host.ranks)
        ranks.push_back(
            {{"rank", rank->rank},
             {"threads", rank->threads},
             {"cores", rank->facts.cores},
             {"may_read_neighbour", host.ranks.size() < 2 ? Json(nullptr) : Json(!rank->single_copy_refused)},
             {"mpi", rank->mpi.library},
             {"hdf5", rank->hdf5}});
    for (machine::Card const& card : first.facts.cards)
        cards.push_back({{"name", card.name}, {"address", card.address}});
    return {{"host", host.name()},
            {"ranks", ranks},
            {"cores", first.facts.cores_of_host},
            {"usable_cores", doctor::usable_cores(host)},
            {"quota_cores", or_null(first.facts.cgroup.cores)},
            {"memory_bytes", first.facts.memory_bytes},
            {"memory_free_bytes", first.facts.memory_free_bytes},
            {"memory_limit_bytes",
             first.facts.cgroup.memory_bytes > 0 ? Json(first.facts.cgroup.memory_bytes) : Json(nullptr)},
            {"shm_bytes", first.facts.shm_bytes},
            {"shm_free_bytes", first.facts.shm_free_bytes},
            {"clock_ahead_seconds", first.clock_ahead_s},
            {"clock_uncertain_seconds", first.clock_uncertain_s},
            {"cards", cards}};
}

Json json_of_path(Examination const& examination) {
    if (!examination.path) return nullptr;
    Json ranks = Json::array();
    for (RankReport const& rank : examination.reports)
        ranks.push_back({{"rank", rank.rank},
                         {"sees_it", rank.path.sees_it},
                         {"writes_together", rank.path.writes_together},
                         {"error", rank.path.error.empty() ? Json(nullptr) : Json(rank.path.error)}});
    return {
        {"path", *examination.path}, {"file_system", examination.reports.front().path.file_system}, {"ranks", ranks}};
}

}  // namespace

std::string examination_json(Examination const& examination) {
    auto const grouped = doctor::group_by_host(examination.reports);
    RankReport const& root = examination.reports.front();
    Json hosts = Json::array(), problems = Json::array();
    for (Host const& host : grouped)
        hosts.push_back(json_of(host));
    for (Problem const& problem : examination.problems)
        problems.push_back({{"kind", name_of(problem.kind)}, {"what", problem.what}, {"remedy", problem.remedy}});
    Json const all{{"program", examination.program},
                   {"ranks", examination.reports.size()},
                   {"hosts", hosts},
                   {"mpi",
                    {{"library", root.mpi.library},
                     {"pml", root.mpi.pml},
                     {"btl", root.mpi.btl},
                     {"tcp_cards", root.mpi.tcp_cards},
                     {"tcp_no_cards", root.mpi.tcp_no_cards},
                     {"single_copy", root.mpi.single_copy}}},
                   {"hdf5", {{"library", root.hdf5}, {"parallel", root.hdf5_parallel}}},
                   {"path", json_of_path(examination)},
                   {"problems", problems},
                   {"seconds", examination.seconds}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera::report
