#pragma once
#include <cstdint>

#include "tessera/synth/generate.hpp"
#include "tessera/synth/request_maker.hpp"

namespace tessera::synth {

/// What to make. The same recipe gives the same bytes on any machine and at any number of threads, and a longer list
/// begins with the shorter one.
struct RequestRecipe {
    std::uint64_t count = 0;  ///< at most max_requests
    std::uint64_t seed = 0;
    RequestMix mix;
};

inline constexpr std::uint64_t max_requests = 1'000'000'000'000;

/// Local. Makes requests as JSON Lines with all OpenMP threads, in memory that does not grow with their number.
/// Errors: core::UsageError for a recipe that is out of its limits; whatever the sink throws.
void generate_requests(RequestRecipe const& recipe, Scenes const& scenes, ByteSink const& sink);

}  // namespace tessera::synth
