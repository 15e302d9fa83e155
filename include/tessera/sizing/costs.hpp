#pragma once
#include <string>

namespace tessera::sizing {

/// What work costs one core, measured. The defaults are of 5 million made-up yellow trips on one core of a virtual
/// machine of 2025 (tests/bench/README.md), all in the page cache.
struct Costs {
    double read_s_a_byte = 0.6e-9;   ///< of CSV: finding lines and fields, parsing, cleaning
    double tile_s_a_trip = 48e-9;    ///< keys, sorting, cutting tiles
    double write_s_a_trip = 34e-9;   ///< columns, and handing them to the system
    double copy_s_a_byte = 0.35e-9;  ///< from one rank's memory to another's on the same host, both ends
    double start_s = 0.10;           ///< mpirun and MPI on one host
    double start_s_a_rank = 0.006;   ///< and for each further rank of a host
    double nearest_s = 3e-6;         ///< a question of `answer`
    double range_s = 9e-6;
    double aggregate_s_a_trip = 0.4e-9;  ///< of all trips of the store, as the mix of `generate requests` asks
    double write_answer_s = 4e-6;        ///< one answer as JSON, on rank 0
};

/// Local. The costs that `ingest --timings FILE.json` has measured; what it does not tell stays as it is in `base`.
/// Throws core::DataError with the file and what is missing.
Costs read_costs(std::string const& path, Costs base = {});

}  // namespace tessera::sizing
