#include "tessera/query/aggregate.hpp"

#include "tessera/app/command.hpp"
#include "tessera/app/filter_options.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/open_checked.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/reduce/reduce.hpp"
#include "tessera/report/aggregate.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    options.add_options()  //
        ("by", po::value<std::string>()->required()->value_name("KEYS"),
         "one or more, by comma: source vendor passengers payment rate year month day hour weekday hour_of_week "
         "distance_mile pickup_tile:LEVEL dropoff_tile:LEVEL (LEVEL 0 to 24)")  //
        ("measure", po::value<std::string>()->default_value("trips")->value_name("MEASURES"),
         "one or more, by comma: trips, and sum: mean: min: max: p50: p90: p99: of fare tip tolls total distance "
         "duration passengers, as in mean:fare. Money is in dollars, distance in miles, duration in seconds; "
         "percentiles are off by at most 1 %, all else is exact");
    add_filter_options(options);
    add_output_options(options);
    add_timings_option(options);
}

Job prepare(po::variables_map const& values) {
    query::AggregateQuestion question{query::parse_keys(values["by"].as<std::string>()),
                                      query::parse_measures(values["measure"].as<std::string>()), read_filter(values)};
    Output const output = read_output(values);
    TimingsOption const timings = read_timings_option(values);
    report::require_drawable(output.format, question);
    std::string const path = values["store"].as<std::string>();
    return [=](comm::Communicator const& comm, Launch const& launch) {
        StageWatch stages(timings, comm.traffic());
        stages.enter("read");
        check_output(comm, output.path, path, timings.file);
        auto const store = open_checked(comm, path, launch);
        note_far_place(comm.is_root(), question.filter, store.header.region);
        auto const loaded = load_matching_tiles(comm, store, question.filter, query::columns_of(question));
        stages.enter("aggregate");
        auto local = comm::run_local(comm, "aggregating", [&] { return query::aggregate(loaded, question); });
        stages.enter("merge");
        auto const global = reduce::reduce_groups(comm, std::move(local));
        stages.enter("write");
        write_on_root(comm, output.path,
                      [&](std::ostream& out) { report::write_groups(out, output.format, global, question); });
        stages.tell(comm, "aggregate", launch);
    };
}

}  // namespace

Command aggregate_command() {
    return {"aggregate",
            "STORE --by KEYS --measure MEASURES",
            "groups trips and measures the groups",
            "tessera aggregate trips.h5 --by hour,weekday --measure trips,mean:fare,p90:duration --source yellow",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
