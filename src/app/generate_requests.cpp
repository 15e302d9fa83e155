#include "tessera/synth/generate_requests.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ostream>

#include "generate_kinds.hpp"
#include "store_scenes.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

using Weights = decltype(synth::RequestMix::weights);

Weights read_mix(po::variables_map const& values) {
    std::string const text = values["mix"].as<std::string>();
    auto const words = split_words(text);
    Weights weights{};
    std::uint64_t sum = 0;
    bool right = words.size() == weights.size();
    for (std::size_t i = 0; right && i < weights.size(); ++i) {
        char const *const begin = words[i].data(), *const end = begin + words[i].size();
        auto const parsed = std::from_chars(begin, end, weights[i]);
        right = parsed.ec == std::errc() && parsed.ptr == end && weights[i] <= synth::largest_weight;
        sum += weights[i];
    }
    if (!right || sum == 0)
        throw core::UsageError(fmt::format(
            "--mix {}: must be three whole weights of nearest, range and aggregate, as in 60,25,15, each at "
            "most {} and not all 0",
            text, synth::largest_weight));
    return weights;
}

std::optional<synth::WindowKind> read_window(po::variables_map const& values) {
    std::string const text = values["window"].as<std::string>();
    if (text == "mixed") return std::nullopt;
    if (text == "none") return synth::WindowKind::none;
    if (text == "hour") return synth::WindowKind::hour;
    if (text == "day") return synth::WindowKind::day;
    if (text == "week") return synth::WindowKind::week;
    throw core::UsageError(fmt::format("--window {}: must be none, hour, day, week or mixed", text));
}

synth::RequestRecipe read_recipe(po::variables_map const& values) {
    synth::RequestRecipe recipe;
    recipe.count = static_cast<std::uint64_t>(read_integer(values, "count", 0, synth::max_requests, 100));
    recipe.seed = read_seed(values);
    recipe.mix.weights = read_mix(values);
    recipe.mix.window = read_window(values);
    if (values.count("k") != 0)
        recipe.mix.k = static_cast<std::uint32_t>(read_integer(values, "k", 1, synth::largest_k, 10));
    return recipe;
}

/// Collective. Where requests are about, on the root.
std::unique_ptr<synth::Scenes const> choose_scenes(comm::Communicator const& comm,
                                                   std::optional<std::string> const& store_path) {
    if (!store_path) return synth::made_up_scenes();
    auto const store = store::peek_store(comm, *store_path);
    return comm::run_on_root(comm, "looking where trips are", [&] { return scenes_of(store); });
}

}  // namespace

void add_request_options(po::options_description& options) {
    options.add_options()  //
        ("count", po::value<std::string>()->default_value("100")->value_name("N"),
         "requests to make; a longer list begins with the shorter one")  //
        ("store", po::value<std::string>()->value_name("FILE"),
         "ask about where and when the trips of this store are (default: the city and month, April 2014, that "
         "`generate trips` makes up)")  //
        ("mix", po::value<std::string>()->default_value("60,25,15")->value_name("NEAREST,RANGE,AGGREGATE"),
         "how often each operation comes, as weights")  //
        ("window", po::value<std::string>()->default_value("mixed")->value_name("WINDOW"),
         "of every request: none, hour, day, week; mixed is, in percent, for nearest none 20, hour 40, day 25, week "
         "15, "
         "for range 15 minutes 20, hour 40, six hours 20, day 20, for aggregate none 30, day 40, week 30")  //
        ("k", po::value<std::string>()->value_name("K"),
         "of every nearest (default: 10 in 60 %, 1 in 15 %, else any of 1 to 50)");
}

Job prepare_requests(po::variables_map const& values) {
    synth::RequestRecipe const recipe = read_recipe(values);
    auto const path = read_output_path(values);
    auto const store = read_text(values, "store");
    return [=](comm::Communicator const& comm, Launch const&) {
        check_output(comm, path, store.value_or(""));
        auto const scenes = choose_scenes(comm, store);
        write_on_root(comm, path, [&](std::ostream& out) {
            synth::generate_requests(recipe, *scenes, [&](std::span<char const> bytes) {
                out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
            });
        });
    };
}

}  // namespace tessera::app
