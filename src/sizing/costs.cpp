#include "tessera/sizing/costs.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "tessera/core/error.hpp"

namespace tessera::sizing {
namespace {

using Json = nlohmann::json;

[[noreturn]] void fail(std::string const& path, std::string const& problem) {
    throw core::DataError(
        core::describe({path, 0, "", ""}, problem, "make it by: tessera ingest ... --timings FILE.json"));
}

/// Seconds of a stage in which a rank works: without those in collectives, which are mostly waiting.
double work_of(Json const& stage) {
    double seconds = stage.at("seconds").at("mean");
    for (Json const& kind : stage.at("collectives"))
        seconds -= kind.at("seconds").at("mean").get<double>();
    return seconds;
}

Costs costs_of(Json const& told, Costs costs) {
    double const cores = told.at("ranks").get<double>() * told.at("threads").get<double>();
    double const trips = told.at("trips"), bytes = told.at("input_bytes");
    for (Json const& stage : told.at("stages")) {
        std::string const name = stage.at("stage");
        if (name == "read") costs.read_s_a_byte = work_of(stage) * cores / bytes;
        if (name == "tile") costs.tile_s_a_trip = work_of(stage) * cores / trips;
        if (name == "write") costs.write_s_a_trip = work_of(stage) * cores / trips;
    }
    return costs;
}

}  // namespace

Costs read_costs(std::string const& path, Costs base) {
    std::ifstream file(path);
    if (!file) fail(path, "cannot be read: " + core::system_error_text(errno));
    if (file.peek() == std::ifstream::traits_type::eof()) fail(path, "is no file, or an empty one");
    Json told;
    try {
        told = Json::parse(file);
        if (told.at("command") != "ingest")
            fail(path, "is of " + told.at("command").get<std::string>() + ", not of ingest");
        if (told.at("trips").get<double>() <= 0 || told.at("input_bytes").get<double>() <= 0)
            fail(path, "is of an ingest that kept no trip");
        return costs_of(told, base);
    } catch (Json::exception const& error) {
        fail(path, std::string("is not what --timings writes: ") + error.what());
    }
}

}  // namespace tessera::sizing
