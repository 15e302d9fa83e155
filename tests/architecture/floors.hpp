#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace tessera::architecture {

struct Floor {
    std::string_view name;
    std::string_view may_include;  ///< floors, parted by blanks
};

/// The house's table: what is not written here may not be included. Its twin is the README's tour of the folders.
inline constexpr std::array floors{
    Floor{"core", ""},
    Floor{"machine", "core"},
    Floor{"geo", "core"},
    Floor{"comm", "core machine"},
    Floor{"ingest", "core geo"},
    Floor{"synth", "core geo"},
    Floor{"tiling", "core geo comm"},
    Floor{"store", "core geo comm"},
    Floor{"query", "core geo"},
    Floor{"request", "core geo query"},
    Floor{"reduce", "core geo comm query request"},
    Floor{"doctor", "core machine comm"},
    Floor{"sizing", "core"},
    Floor{"report", "core machine geo query request doctor sizing"},
    Floor{"feed", "core report"},
    Floor{"web", "core report"},
    Floor{"desk", "core geo comm query request reduce report feed web"},
    Floor{"app",
          "core machine geo comm ingest synth tiling store query request reduce doctor sizing report feed web desk"},
};

/// A library that only some floors may touch.
struct Library {
    std::string_view what;         ///< for the message
    std::string_view include;      ///< regular expression of the header's name
    std::string_view may_include;  ///< floors
    std::string_view calls;        ///< regular expression of its calls in the code
    std::string_view may_call;     ///< floors
};
inline constexpr std::array libraries{
    // The store hands the communicator's handle to HDF5 and so may name its type.
    Library{"MPI", "mpi[a-z_]*\\.h", "comm store", "\\bMPI_[A-Z][A-Za-z_]*\\s*\\(|\\bMPI_COMM_WORLD\\b", "comm"},
    Library{"HDF5", "(hdf5|H5[A-Za-z]*)(_hl)?\\.h", "store", "\\bH5[A-Z]{1,2}[a-z][A-Za-z0-9_]*\\s*\\(", "store"},
    Library{"Boost.Program_options", "boost/program_options.*", "app", "\\bboost::program_options\\b", "app"},
    Library{"OpenMP", "omp\\.h", "geo comm ingest synth tiling store query request reduce report desk app",
            "#\\s*pragma\\s+omp\\b", "geo comm ingest synth tiling store query request reduce report desk app"},
    Library{"librdkafka", "librdkafka/.*", "feed", "\\brd_kafka_[a-z_]+\\s*\\(", "feed"},
    Library{"prometheus-cpp", "prometheus/.*", "report", "\\bprometheus::", "report"},
    Library{"Boost.Asio and Boost.Beast", "boost/(asio|beast).*", "web", "\\bboost::(asio|beast)\\b", "web"},
    Library{"simdjson", "simdjson\\.h", "request", "\\bsimdjson::", "request"},
};

inline bool lists(std::string_view floors_by_blanks, std::string_view floor) {
    while (!floors_by_blanks.empty()) {
        std::string_view const word = floors_by_blanks.substr(0, floors_by_blanks.find(' '));
        if (word == floor) return true;
        floors_by_blanks.remove_prefix(std::min(floors_by_blanks.size(), word.size() + 1));
    }
    return false;
}

inline Floor const* find_floor(std::string_view name) {
    auto const* const found =
        std::find_if(floors.begin(), floors.end(), [&](Floor const& f) { return f.name == name; });
    return found == floors.end() ? nullptr : found;
}

}  // namespace tessera::architecture
