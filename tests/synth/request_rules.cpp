#include <cmath>
#include <map>
#include <regex>
#include <set>

#include "synth/request_list.hpp"
#include "tessera/core/civil_time.hpp"

namespace tessera::synth {
namespace {

using nlohmann::json;
using Words = std::set<std::string>;

Words const shared{"id", "op", "box", "from", "to", "on", "source"};
std::map<std::string, Words> const required{
    {"nearest", {"at", "k"}}, {"range", {"box", "limit"}}, {"aggregate", {"by", "measure"}}};
std::map<std::string, Words> const allowed{
    {"nearest", {"at", "k", "within_m"}}, {"range", {"limit"}}, {"aggregate", {"by", "measure"}}};

bool is_within(json const& value, std::int64_t least, std::int64_t most) {
    return value.is_number_integer() && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
}

/// Degrees with at most five decimals.
bool is_degree(json const& value, double most) {
    if (!value.is_number() || std::abs(value.get<double>()) > most) return false;
    double const steps = value.get<double>() * 1e5;
    return std::abs(steps - std::round(steps)) < 1e-6;
}

bool is_box(json const& box) {
    return box.size() == 4 && is_degree(box[0], 180) && is_degree(box[1], 90) && is_degree(box[2], 180) &&
           is_degree(box[3], 90) && box[0] <= box[2] && box[1] <= box[3];
}

/// Words of a list, each once, that the pattern knows.
bool are_words(json const& list, char const* pattern, std::size_t most) {
    Words seen;
    for (json const& word : list)
        if (!std::regex_match(word.get<std::string>(), std::regex(pattern)))
            return false;
        else
            seen.insert(word.get<std::string>());
    return list.is_array() && !list.empty() && list.size() <= most && seen.size() == list.size();
}

std::string fault_in_window(json const& request) {
    if (request.contains("from") != request.contains("to")) return "half a window";
    if (!request.contains("from")) return {};
    static std::regex const minute(R"(2014-\d\d-\d\dT\d\d:\d\d)");
    for (char const* end : {"from", "to"})
        if (!std::regex_match(request[end].get<std::string>(), minute)) return "no whole minute";
    auto const from = core::parse_wall_time(request["from"].get<std::string>());
    auto const to = core::parse_wall_time(request["to"].get<std::string>());
    return from && to && *from < *to ? "" : "an empty window";
}

}  // namespace

std::string fault_in(json const& request) {
    std::string const op = request.at("op");
    if (!required.contains(op)) return "no such operation";
    for (std::string const& name : required.at(op))
        if (!request.contains(name)) return name + " is missing";
    for (auto const& [name, value] : request.items())
        if (!shared.contains(name) && !allowed.at(op).contains(name)) return name + " is no member of " + op;
    if (request.contains("at") &&
        !(request["at"].size() == 2 && is_degree(request["at"][0], 180) && is_degree(request["at"][1], 90)))
        return "at";
    if (request.contains("k") && !is_within(request["k"], 1, 10'000)) return "k";
    if (request.contains("within_m") && !is_within(request["within_m"], 1, 1'000'000)) return "within_m";
    if (request.contains("limit") && !is_within(request["limit"], 10, 100)) return "limit";
    if (request.contains("box") && !is_box(request["box"])) return "box";
    if (request.contains("on") && request["on"] != "pickup" && request["on"] != "dropoff") return "on";
    if (request.contains("source") && !are_words(request["source"], "yellow|green|uber", 3)) return "source";
    if (request.contains("by") &&
        !are_words(request["by"],
                   "source|vendor|passengers|payment|rate|year|month|day|hour|weekday|hour_of_week|distance_mile|"
                   "(pickup|dropoff)_tile:1[2-6]",
                   3))
        return "by";
    if (request.contains("measure") &&
        !are_words(request["measure"],
                   "trips|(sum|mean|min|max|p50|p90|p99):(fare|tip|tolls|total|distance|duration|passengers)", 3))
        return "measure";
    return fault_in_window(request);
}

}  // namespace tessera::synth
