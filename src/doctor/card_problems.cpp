#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "problems.hpp"

namespace tessera::doctor {
namespace {

bool lists(std::string const& names_by_commas, std::string const& name) {
    std::istringstream names(names_by_commas);
    for (std::string each; std::getline(names, each, ',');)
        if (each == name) return true;
    return false;
}

bool may_use(MpiSettings const& mpi, machine::Card const& card) {
    return mpi.tcp_cards.empty() ? !lists(mpi.tcp_no_cards, card.name) : lists(mpi.tcp_cards, card.name);
}

}  // namespace

void find_doubtful_cards(Hosts const& hosts, Problems& problems) {
    if (hosts.size() < 2) return;
    // A bridge of containers or virtual machines has the same address everywhere; whoever is sent there meets itself.
    std::map<std::string, std::string> seen;
    for (Host const& host : hosts)
        for (machine::Card const& card : host.first().facts.cards) {
            if (!may_use(host.first().mpi, card)) continue;
            auto const [place, is_new] = seen.emplace(card.address, host.name());
            if (is_new) continue;
            problems.push_back({Problem::Kind::broken,
                                fmt::format("{} and {} both have the address {} ({}): ranks may wait for ever",
                                            place->second, host.name(), card.address, card.name),
                                fmt::format("mpirun --mca btl_tcp_if_exclude lo,{}, or btl_tcp_if_include with the "
                                            "card that joins the hosts",
                                            card.name)});
            return;
        }
}

}  // namespace tessera::doctor
