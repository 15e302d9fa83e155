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

bool is_place(std::string const& text) {
    if (text == "-") return true;
    bool const begins_as_time = !text.empty() && text.front() >= '0' && text.front() <= '9';
    return !begins_as_time && text.find_first_of("/.") != std::string::npos;
}

/// The --to that is a place, or the one that is none.
std::optional<std::string> find_to(po::variables_map const& values, bool place) {
    if (values.count("to") == 0) return std::nullopt;
    auto const* const several = boost::any_cast<std::vector<std::string>>(&values["to"].value());
    if (!several) return place ? std::nullopt : read_text(values, "to");
    std::optional<std::string> found;
    for (std::string const& text : *several) {
        if (is_place(text) != place) continue;
        if (found)
            throw core::UsageError(fmt::format("--to {} --to {}: give one {}", *found, text, place ? "place" : "time"));
        found = text;
    }
    return found;
}

std::optional<core::WallTime> read_to_time(po::variables_map const& values) {
    auto const text = find_to(values, false);
    return text ? std::optional(parse_time("to", *text)) : std::nullopt;
}

}  // namespace

void add_filter_options(po::options_description& options, ToMeans to) {
    options.add_options()  //
        ("from", po::value<std::string>()->value_name("T"),
         "pick-ups at this time or later: 2014-04-01T08:00[:00] or a date");
    if (to == ToMeans::time)
        options.add_options()("to", po::value<std::string>()->value_name("T"), "pick-ups before this time");
    else
        options.add_options()(
            "to", po::value<std::vector<std::string>>()->value_name("T|PLACE"),
            "pick-ups before this time; and, given once more, where the trips themselves go, one JSON "
            "message each: kafka://HOST:PORT/TOPIC, or a file's path (with a / or . in it)");
    options.add_options()  //
        ("box", po::value<std::string>()->value_name("W,S,E,N"),
         "trips that have the end --on in this box (degrees, edges included)")  //
        ("on", po::value<std::string>()->default_value("pickup")->value_name("END"),
         "which end --box and --at mean: pickup or dropoff")  //
        ("source", po::value<std::string>()->value_name("LIST"), "some of yellow,green,uber (default: all)");
}

query::Filter read_filter(po::variables_map const& values) {
    query::Filter filter;
    filter.from = read_time(values, "from");
    filter.to = read_to_time(values);
    if (filter.from && filter.to && !(*filter.from < *filter.to))
        throw core::UsageError(fmt::format("--from {} --to {}: the window is empty; --to must be later than --from",
                                           values["from"].as<std::string>(), *find_to(values, false)));
    filter.box = read_box(values, "box");
    std::string const on = values["on"].as<std::string>();
    if (on != "pickup" && on != "dropoff")
        throw core::UsageError(fmt::format("--on {}: must be pickup or dropoff", on));
    filter.on = on == "pickup" ? query::End::pickup : query::End::dropoff;
    if (auto const sources = read_text(values, "source")) filter.sources = read_sources(*sources);
    return filter;
}

std::optional<std::string> read_to_place(po::variables_map const& values) {
    return find_to(values, true);
}

}  // namespace tessera::app
