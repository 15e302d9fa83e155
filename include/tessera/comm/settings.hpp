#pragma once
#include <string>
#include <vector>

namespace tessera::comm {

/// Local. What Open MPI has parameters set to ("btl_tcp_if_include"), by the tools interface of MPI, in the order of
/// the names; empty where it has none of that name, or where its part was not loaded.
std::vector<std::string> read_settings(std::vector<std::string> const& names);

}  // namespace tessera::comm
