#include "tessera/app/filter_options.hpp"

#include <fmt/format.h>

#include "tessera/app/option_values.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

query::SourceSet read_sources(std::string const& text) {
    query::SourceSet set = query::SourceSet::none();
    for (std::string const& word : split_words(text)) {
        auto const source = core::find_source(word);
        if (!source)
            throw core::UsageError(fmt::format("--source {}: '{}' is none; there are yellow, green, uber", text, word));
        set.add(*source);
    }
    return set;
}

}  // namespace

void add_filter_options(po::options_description& options) {
    options.add_options()  //
        ("from", po::value<std::string>()->value_name("T"),
         "pick-ups at this time or later: 2014-04-01T08:00[:00] or a date")             //
        ("to", po::value<std::string>()->value_name("T"), "pick-ups before this time")  //
        ("box", po::value<std::string>()->value_name("W,S,E,N"),
         "trips that have the end --on in this box (degrees, edges included)")  //
        ("on", po::value<std::string>()->default_value("pickup")->value_name("END"),
         "which end --box and --at mean: pickup or dropoff")  //
        ("source", po::value<std::string>()->value_name("LIST"), "some of yellow,green,uber (default: all)");
}

query::Filter read_filter(po::variables_map const& values) {
    query::Filter filter;
    filter.from = read_time(values, "from");
    filter.to = read_time(values, "to");
    if (filter.from && filter.to && !(*filter.from < *filter.to))
        throw core::UsageError(fmt::format("--from {} --to {}: the window is empty; --to must be later than --from",
                                           values["from"].as<std::string>(), values["to"].as<std::string>()));
    filter.box = read_box(values, "box");
    std::string const on = values["on"].as<std::string>();
    if (on != "pickup" && on != "dropoff")
        throw core::UsageError(fmt::format("--on {}: must be pickup or dropoff", on));
    filter.on = on == "pickup" ? query::End::pickup : query::End::dropoff;
    if (auto const sources = read_text(values, "source")) filter.sources = read_sources(*sources);
    return filter;
}

}  // namespace tessera::app
