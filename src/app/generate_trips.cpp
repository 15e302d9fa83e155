#include <fmt/format.h>

#include <ostream>

#include "generate_kinds.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/core/error.hpp"
#include "tessera/synth/generate.hpp"

namespace tessera::app {
namespace {

synth::TripRecipe read_recipe(po::variables_map const& values) {
    std::string const format = values["format"].as<std::string>();
    auto const source = core::find_source(format);
    if (!source) throw core::UsageError(fmt::format("--format {}: must be yellow, green or uber", format));
    synth::TripRecipe recipe;
    recipe.layout = &synth::find_layout(*source, values["layout"].as<std::string>());
    recipe.trips = static_cast<std::uint64_t>(read_integer(values, "trips", 0, synth::max_trips, 1000));
    recipe.seed = read_seed(values);
    recipe.dirty = read_real(values, "dirty", 0, 1).value_or(0);
    recipe.byte_order_mark = values["byte-order-mark"].as<bool>();
    recipe.final_newline = !values["no-final-newline"].as<bool>();
    recipe.lone_cr = values["lone-cr"].as<bool>();
    return recipe;
}

}  // namespace

void add_trip_options(po::options_description& options) {
    options.add_options()                                                                                             //
        ("format", po::value<std::string>()->default_value("yellow")->value_name("FORMAT"), "yellow, green or uber")  //
        ("layout", po::value<std::string>()->default_value(std::string(synth::default_layout_name))->value_name("NAME"),
         "whose bytes to imitate; a wrong name lists them all")                                                      //
        ("trips", po::value<std::string>()->default_value("1000")->value_name("N"), "rows to make")                  //
        ("dirty", po::value<std::string>()->default_value("0")->value_name("SHARE"), "share of dirty rows, 0 to 1")  //
        ("byte-order-mark", po::bool_switch(), "begin with a byte-order mark")                                       //
        ("no-final-newline", po::bool_switch(), "leave the last line without its end")                               //
        ("lone-cr", po::bool_switch(), "end lines with a carriage return alone");
}

Job prepare_trips(po::variables_map const& values) {
    synth::TripRecipe const recipe = read_recipe(values);
    auto const path = read_output_path(values);
    return [=](comm::Communicator const& comm, Launch const&) {
        check_output(comm, path, "");
        write_on_root(comm, path, [&](std::ostream& out) {
            synth::generate_trips(recipe, [&](std::span<char const> bytes) {
                out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
            });
        });
    };
}

}  // namespace tessera::app
