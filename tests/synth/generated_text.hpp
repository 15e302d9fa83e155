#pragma once
#include <string>

#include "tessera/synth/generate.hpp"

namespace tessera::synth {

/// A whole made-up file in memory, and what was counted for it.
struct GeneratedText {
    std::string bytes;
    GeneratedCounts counts;
};

inline GeneratedText generate_text(TripRecipe const& recipe) {
    GeneratedText text;
    text.counts =
        generate_trips(recipe, [&](std::span<char const> bytes) { text.bytes.append(bytes.begin(), bytes.end()); });
    return text;
}

inline TripRecipe recipe_for(Layout const& layout, std::uint64_t trips, double dirty = 0) {
    TripRecipe recipe;
    recipe.layout = &layout;
    recipe.trips = trips;
    recipe.seed = 7;
    recipe.dirty = dirty;
    return recipe;
}

}  // namespace tessera::synth
