#pragma once
#include <string>
#include <vector>

#include "tessera/doctor/diagnose.hpp"

namespace tessera::report {

/// What `doctor` tells.
struct Examination {
    std::string program;  ///< "tessera 0.1.0"
    std::vector<doctor::RankReport> reports;
    std::optional<std::string> path;
    std::vector<doctor::Problem> problems;
    double seconds = 0;  ///< that it took
};

/// Local. For people: what there is, a line a host, and what is wrong with it.
std::string examination_text(Examination const& examination);
/// Local. The same for programs: one JSON object.
std::string examination_json(Examination const& examination);

}  // namespace tessera::report
