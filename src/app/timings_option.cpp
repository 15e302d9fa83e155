#include "tessera/app/stage_watch.hpp"

namespace tessera::app {

void add_timings_option(po::options_description& options) {
    options.add_options()(
        "timings", po::value<std::string>()->implicit_value("-")->value_name("[FILE.json]"),
        "tell, by stage, the seconds of the slowest rank and what the ranks sent each other, by "
        "collective: calls, messages and bytes; a table on standard error, or JSON in a file, which "
        "has the mean and the quickest rank's seconds too. A message is a part that is not empty, for "
        "one other rank; where MPI chooses the way (all but exchange, the gathers and "
        "broadcast_patiently), as if values went straight, allreduce by way of rank 0");
}

TimingsOption read_timings_option(po::variables_map const& values) {
    if (values.count("timings") == 0) return {};
    std::string const& to = values["timings"].as<std::string>();
    return {true, to == "-" ? std::nullopt : std::optional(to)};
}

void add_timings_file(TimingsOption const& option, std::vector<NamedFile>& outputs) {
    if (option.file) outputs.push_back({"--timings", *option.file});
}

}  // namespace tessera::app
