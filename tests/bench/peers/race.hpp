#pragma once
#include "contestant.hpp"

namespace tessera::bench {

/// Who takes part, built.
struct Runner {
    std::string name;
    std::unique_ptr<Contestant> contestant;
};

/// Seconds that `threads` threads take for all questions.
double time_answers(Contestant const& contestant, Questions const& questions, int threads);

/// All runners take turns, `rounds` times, after a first turn that does not count. A line of JSON each time:
/// {"case":..., "who":..., "threads":..., "seconds":..., "items":...}.
void race(std::string const& name, std::vector<Runner> const& runners, Questions const& questions, int threads,
          int rounds);

}  // namespace tessera::bench
