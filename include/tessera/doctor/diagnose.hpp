#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tessera/doctor/rank_report.hpp"
#include "tessera/machine/launcher.hpp"

namespace tessera::doctor {

/// What is wrong with a launch, and what helps.
struct Problem {
    enum class Kind : std::uint8_t {
        warning,     ///< it works, but slower or less surely than it could
        broken,      ///< work would fail or hang
        unexpected,  ///< the launch is not what was asked for
    };
    Kind kind = Kind::warning;
    std::string what;
    std::string remedy;

    friend bool operator==(Problem const&, Problem const&) = default;
};

/// What the launch should be.
struct Wishes {
    int ranks = 0;  ///< 0: any number
    int hosts = 0;
    std::optional<machine::MeantLaunch> meant;  ///< what the environment speaks of
    std::optional<std::string> path;            ///< what was looked at
};

/// Local. Shape: one report a rank, in their order, one at least.
std::vector<Problem> diagnose(std::vector<RankReport> const& reports, Wishes const& wishes);

}  // namespace tessera::doctor
