#pragma once
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tessera/synth/generate_requests.hpp"

namespace tessera::synth {

inline std::string request_text(RequestRecipe const& recipe, Scenes const& scenes) {
    std::string text;
    generate_requests(recipe, scenes, [&](std::span<char const> bytes) { text.append(bytes.begin(), bytes.end()); });
    return text;
}

/// A list as an independent reader sees it.
inline std::vector<nlohmann::json> read_requests(RequestRecipe const& recipe, Scenes const& scenes) {
    std::istringstream lines(request_text(recipe, scenes));
    std::vector<nlohmann::json> requests;
    for (std::string line; std::getline(lines, line);)
        requests.push_back(nlohmann::json::parse(line));
    return requests;
}

/// What is wrong with a request by the rules of the command line; empty when all is right.
std::string fault_in(nlohmann::json const& request);

}  // namespace tessera::synth
