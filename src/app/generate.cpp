#include <fmt/format.h>

#include <array>

#include "generate_kinds.hpp"
#include "tessera/app/command.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

struct Kind {
    std::string_view name;
    char const* caption;
    void (*add_options)(po::options_description& options);
    Job (*prepare)(po::variables_map const& values);
};
constexpr std::array kinds{
    Kind{"trips", "Options of `generate trips`", add_trip_options, prepare_trips},
    Kind{"requests",
         "Options of `generate requests` (tessera generate requests --count 1000000 --seed 7 --output requests.jsonl)",
         add_request_options, prepare_requests}};

po::options_description options_of(Kind const& kind) {
    po::options_description options(kind.caption, 110, 70);  // as wide as all help
    kind.add_options(options);
    return options;
}

void add_options(po::options_description& options) {
    options.add_options()  //
        ("seed", po::value<std::string>()->default_value("1")->value_name("S"),
         "the same seed makes the same bytes")  //
        ("output", po::value<std::string>()->value_name("FILE"), "where it goes (default: standard output)");
    for (Kind const& kind : kinds)
        options.add(options_of(kind));
}

/// An option that does nothing would be believed to do something.
void refuse_options_of(Kind const& other, std::string_view what, po::variables_map const& values) {
    auto const options = options_of(other);
    for (auto const& option : options.options()) {
        std::string const name = option->long_name();
        if (values.count(name) != 0 && !values[name].defaulted())
            throw core::UsageError(fmt::format("--{}: an option of `generate {}`, not of `generate {}`; leave it out",
                                               name, other.name, what));
    }
}

Job prepare(po::variables_map const& values) {
    std::string const what = values["what"].as<std::string>();
    Kind const* chosen = nullptr;
    for (Kind const& kind : kinds)
        if (kind.name == what) chosen = &kind;
    if (chosen == nullptr)
        throw core::UsageError(fmt::format("generate {}: there are `generate trips` and `generate requests`", what));
    for (Kind const& kind : kinds)
        if (&kind != chosen) refuse_options_of(kind, what, values);
    return chosen->prepare(values);
}

}  // namespace

std::uint64_t read_seed(po::variables_map const& values) {
    return static_cast<std::uint64_t>(read_integer(values, "seed", 0, std::int64_t{1} << 62, 1));
}

Command generate_command() {
    Command command{"generate",
                    "trips|requests [options]",
                    "makes up trips in a publisher's own byte layout, or requests about them",
                    "tessera generate trips --format yellow --trips 1000000 --seed 7 --dirty 0.02 --output yellow.csv",
                    add_options,
                    "what",
                    false,
                    prepare};
    command.fits_one_rank = true;
    return command;
}

}  // namespace tessera::app
