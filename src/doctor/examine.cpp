#include "tessera/doctor/examine.hpp"

#include <algorithm>

#include "tessera/comm/clock.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/session.hpp"
#include "tessera/comm/settings.hpp"
#include "tessera/comm/single_copy.hpp"
#include "tessera/doctor/try_path.hpp"

namespace tessera::doctor {
namespace {

MpiSettings read_settings() {
    auto const settings = comm::read_settings(
        {"pml", "btl", "btl_tcp_if_include", "btl_tcp_if_exclude", "btl_vader_single_copy_mechanism"});
    return {comm::library_name(), settings[0], settings[1], settings[2], settings[3], settings[4]};
}

/// Collective. Hosts are numbered in the order of their first ranks.
int number_of_host(comm::Communicator const& comm, std::int32_t first) {
    auto const firsts = comm::allgather(comm, first);
    std::vector<std::int32_t> hosts(firsts);
    std::ranges::sort(hosts);
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return static_cast<int>(std::ranges::find(hosts, first) - hosts.begin());
}

}  // namespace

std::vector<RankReport> examine(comm::Communicator const& comm, OwnWords const& own,
                                std::optional<std::string> const& path) {
    RankReport mine;
    mine.rank = comm.rank();
    mine.threads = own.threads;
    mine.hdf5 = own.hdf5;
    mine.hdf5_parallel = own.hdf5_parallel;
    mine.facts = machine::read_facts();
    mine.mpi = read_settings();
    comm::Communicator const node = comm::split_by_node(comm);
    std::int32_t first_of_host = comm.rank();
    comm::broadcast(node, std::span<std::int32_t>(&first_of_host, 1));
    mine.host = number_of_host(comm, first_of_host);
    auto const copied = comm::try_single_copy(comm);
    mine.single_copy_refused = copied.outcome == comm::SingleCopy::Outcome::refused;
    mine.single_copy_reason = copied.reason;
    auto const clocks = comm::compare_clocks(comm, node.is_root());
    if (path) mine.path = try_path(comm, *path);

    std::vector<RankReport> reports;
    std::string const line = as_json(mine);
    for (auto const& text : comm::gather_to_root(comm, std::span<char const>(line)))
        reports.push_back(from_json(std::string(text.begin(), text.end())));
    for (std::size_t i = 0; i < reports.size(); ++i) {
        reports[i].clock_ahead_s = clocks[i].ahead_s;
        reports[i].clock_uncertain_s = clocks[i].uncertain_s;
    }
    return reports;
}

}  // namespace tessera::doctor
