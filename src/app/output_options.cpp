#include "tessera/app/output_options.hpp"

#include "tessera/app/option_values.hpp"
#include "tessera/app/output_place.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::app {

void add_output_options(po::options_description& options) {
    options.add_options()                                                                                             //
        ("output", po::value<std::string>()->value_name("FILE"), "where the answer goes (default: standard output)")  //
        ("format", po::value<std::string>()->default_value("csv")->value_name("FORMAT"), "csv, json or geojson");
}

std::optional<std::filesystem::path> read_output_path(po::variables_map const& values) {
    auto const path = read_text(values, "output");
    if (!path || *path == "-") return std::nullopt;
    return *path;
}

Output read_output(po::variables_map const& values) {
    return {read_output_path(values), report::parse_format(values["format"].as<std::string>())};
}

void check_output(comm::Communicator const& comm, std::optional<std::filesystem::path> const& path,
                  std::string const& store, std::optional<std::string> const& timings) {
    comm::run_on_root(comm, "--output", [&] {
        std::vector<NamedFile> outputs;
        if (path) outputs.push_back({"the answer", path->string()});
        if (timings) outputs.push_back({"--timings", *timings});
        std::vector<NamedFile> inputs;
        if (!store.empty()) inputs.push_back({"the store", store});
        check_outputs(outputs, inputs);
    });
}

void write_on_root(comm::Communicator const& comm, std::optional<std::filesystem::path> const& path,
                   report::WriteOutput const& write) {
    comm::run_on_root(comm, "writing the output", [&] { report::write_output(path, write); });
}

}  // namespace tessera::app
