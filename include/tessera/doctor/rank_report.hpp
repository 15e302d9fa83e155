#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tessera/machine/facts.hpp"

namespace tessera::doctor {

/// What Open MPI was told, or chose, on a rank.
struct MpiSettings {
    std::string library;       ///< "Open MPI v4.1.4"
    std::string pml;           ///< what moves messages
    std::string btl;           ///< by which ways
    std::string tcp_cards;     ///< the network cards that it may use (btl_tcp_if_include); empty: all but those below
    std::string tcp_no_cards;  ///< the cards that it must not use (btl_tcp_if_exclude)
    std::string single_copy;   ///< how ranks of a host copy long messages: cma, none...
};

/// How a rank sees the place that all are to share.
struct PathView {
    bool sees_it = false;          ///< it is there
    bool sees_probe = false;       ///< a file that rank 0 has just made there
    bool writes_together = false;  ///< and all have written it together, and read what the others wrote
    std::uint64_t bytes = 0;       ///< of a file
    std::string file_system;       ///< nfs, ext4...; a number in hexadecimal for one we have no name for
    std::string error;             ///< the first that failed, in the system's words
};

/// All that one rank finds out.
struct RankReport {
    int rank = 0;
    int host = 0;     ///< number of its host, by MPI's own notion, in the order of their first ranks
    int threads = 1;  ///< of OpenMP
    machine::Facts facts;
    MpiSettings mpi;
    std::string hdf5;  ///< "HDF5 1.10.8"
    bool hdf5_parallel = true;
    bool single_copy_refused = false;  ///< ranks of its host may not read each other's memory
    std::string single_copy_reason;
    double clock_ahead_s = 0;  ///< of the root's, of the first rank of each host
    double clock_uncertain_s = 0;
    PathView path;
};

/// Local. One rank's report as a line of JSON, and back: ranks send them to the root this way.
std::string as_json(RankReport const& report);
RankReport from_json(std::string const& line);

}  // namespace tessera::doctor
