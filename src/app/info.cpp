#include "tessera/report/info.hpp"

#include <ostream>

#include "tessera/app/command.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/app/plan_ranks.hpp"
#include "tessera/app/store_summary.hpp"
#include "tessera/store/open_store.hpp"
#include "tessera/store/verify_store.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    options.add_options()                                                                                     //
        ("json", po::bool_switch(), "as JSON, for programs")                                                  //
        ("output", po::value<std::string>()->value_name("FILE"), "where it goes (default: standard output)")  //
        ("plan", po::value<std::string>()->value_name("R[,R...]"),
         "also the trips of each rank, were there R of them, and max/mean. Of several numbers of ranks a table: "
         "max/mean, "
         "its bound, that of a fixed grid, and how many nearest questions near a trip need, and by the tile table ask, "
         "a second rank");
}

/// The numbers of --plan, one or more.
std::vector<int> read_ranks(po::variables_map const& values) {
    std::vector<int> ranks;
    for (std::int64_t const count : read_integers(values, "plan", 1, 1'000'000))
        ranks.push_back(static_cast<int>(count));
    return ranks;
}

Job prepare(po::variables_map const& values) {
    auto const output = read_output_path(values);
    bool const json = values["json"].as<bool>();
    auto const ranks = read_ranks(values);
    std::string const path = values["store"].as<std::string>();
    return [=](comm::Communicator const& comm, Launch const& launch) {
        check_output(comm, output, path);
        auto const store = launch.verify ? store::open_store(comm, path) : store::peek_store(comm, path);
        std::optional<store::Verification> found;
        if (launch.verify) found = store::verify_store(comm, store);
        std::optional<report::RankPlans> plans;
        if (ranks.size() > 1) plans = plan_ranks_of_store(comm, path, ranks);
        write_on_root(comm, output, [&](std::ostream& out) {
            auto summary = summarise(store);
            if (found) summary.check = check_of(*found);
            if (ranks.size() == 1) summary.plan = trips_per_rank(store.tiles, ranks.front());
            summary.plans = plans;
            if (json)
                report::write_info_json(out, summary);
            else
                out << report::info_text(summary);
        });
        if (found) store::require_undamaged(comm, store, *found);
    };
}

}  // namespace

Command info_command() {
    Command command{"info",
                    "STORE [--json] [--verify] [--plan R[,R...]]",
                    "tells what is in a store",
                    "tessera info trips.h5 --plan 16",
                    add_options,
                    "store",
                    false,
                    prepare};
    command.fits_one_rank = true;
    return command;
}

}  // namespace tessera::app
