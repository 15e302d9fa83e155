#include "tessera/report/info.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "tessera/app/command.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/store/open_store.hpp"
#include "tessera/tiling/cut_runs.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    options.add_options()                                                                                     //
        ("json", po::bool_switch(), "as JSON, for programs")                                                  //
        ("output", po::value<std::string>()->value_name("FILE"), "where it goes (default: standard output)")  //
        ("plan", po::value<std::string>()->value_name("R"),
         "also the trips of each rank, were there R of them, and max/mean");
}

/// Everything but the plan, out of the header and the tile table; no trip is read.
report::StoreSummary summarise(store::OpenStore const& store) {
    report::StoreSummary summary;
    summary.path = store.path;
    summary.format_version = store.header.format_version;
    summary.program_version = store.header.program.substr(store.header.program.find(' ') + 1);
    summary.file_bytes = std::filesystem::file_size(store.path);
    summary.trips = store.header.trips;
    summary.tiles = store.tiles.size();
    summary.tile_trips = store.header.tile_trips;
    summary.region = store.header.region;
    summary.max_hours = store.header.longest_trip_s / 3600;
    summary.ledger = store.header.ledger;
    for (core::FileLedger const& file : store.header.ledger)
        for (std::size_t i = 0; i < core::all_sources.size(); ++i)
            if (file.format == core::name_of(core::all_sources[i])) summary.trips_by_source[i] += file.counts.kept;
    for (std::size_t tile = 0; tile < store.tiles.size(); ++tile) {
        summary.pickup_box.include(store.tiles.pickup_box[tile]);
        summary.largest_tile = std::max(summary.largest_tile, store.tiles.trips_in(tile));
        if (tile == 0 || store.tiles.first_time[tile] < summary.first_pickup)
            summary.first_pickup = store.tiles.first_time[tile];
        summary.last_pickup = std::max(summary.last_pickup, store.tiles.last_time[tile]);
    }
    return summary;
}

std::vector<std::uint64_t> plan_ranks(geo::TileTable const& tiles, int ranks) {
    std::vector<std::uint64_t> weights;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        weights.push_back(tiles.trips_in(tile));
    return tiling::weigh_runs(weights, tiling::cut_runs(weights, ranks));
}

Job prepare(po::variables_map const& values) {
    auto const output = read_output_path(values);
    bool const json = values["json"].as<bool>();
    int const ranks = static_cast<int>(read_integer(values, "plan", 1, 1'000'000, 0));
    std::string const path = values["store"].as<std::string>();
    return [=](comm::Communicator const& comm, Launch const&) {
        check_output(comm, output, path);
        auto const store = store::peek_store(comm, path);
        write_on_root(comm, output, [&](std::ostream& out) {
            auto summary = summarise(store);
            if (ranks > 0) summary.plan = plan_ranks(store.tiles, ranks);
            if (json)
                report::write_info_json(out, summary);
            else
                out << report::info_text(summary);
        });
    };
}

}  // namespace

Command info_command() {
    return {"info",
            "STORE [--json] [--plan R]",
            "tells what is in a store",
            "tessera info trips.h5 --plan 16",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
