#include "tessera/query/range.hpp"

#include <ostream>

#include "tessera/app/command.hpp"
#include "tessera/app/filter_options.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/open_checked.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/reduce/reduce.hpp"
#include "tessera/report/rows.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    options.add_options()  //
        ("limit", po::value<std::string>()->default_value("100")->value_name("N"),
         "the first N by (pick-up time, file, line); 0 for all, which rank 0 must hold in memory")  //
        ("count", po::bool_switch(), "print the number of trips that match, and nothing else");
    add_filter_options(options);
    add_output_options(options);
    add_timings_option(options);
}

/// Collective. The trips of an answer's matches, on the root: found by a few columns, they are now read in all.
void write_matches(comm::Communicator const& comm, store::OpenStore const& store, query::RangeAnswer const& answer,
                   query::End on, Output const& output) {
    std::vector<std::uint64_t> rows;
    for (query::Match const& match : answer.matches)
        rows.push_back(match.store_row);
    note_cut_list(comm.is_root(), answer.matches.size(), answer.matched);
    auto const trips = store::read_rows(comm, store, rows);
    report::RowsAbout const about{file_names(store), false, answer.matched, on};
    write_on_root(comm, output.path, [&](std::ostream& out) { report::write_rows(out, output.format, about, trips); });
}

Job prepare(po::variables_map const& values) {
    query::RangeQuestion question;
    question.filter = read_filter(values);
    question.limit = static_cast<std::uint64_t>(read_integer(values, "limit", 0, std::int64_t{1} << 40, 100));
    question.count_only = values["count"].as<bool>();
    Output const output = read_output(values);
    TimingsOption const timings = read_timings_option(values);
    std::string const path = values["store"].as<std::string>();
    return [=](comm::Communicator const& comm, Launch const& launch) {
        StageWatch stages(timings, comm.traffic());
        stages.enter("read");
        check_output(comm, output.path, path, timings.file);
        auto const store = open_checked(comm, path, launch);
        note_far_place(comm.is_root(), question.filter, store.header.region);
        auto const loaded = load_matching_tiles(comm, store, question.filter, query::columns_of(question));
        stages.enter("search");
        auto local = comm::run_local(comm, "looking for trips", [&] { return query::find_range(loaded, question); });
        stages.enter("merge");
        auto const global = reduce::reduce_range(comm, std::move(local), question.limit);
        stages.enter("write");
        if (question.count_only)
            write_on_root(comm, output.path, [&](std::ostream& out) { out << global.matched << '\n'; });
        else
            write_matches(comm, store, global, question.filter.on, output);
        stages.tell(comm, "range", launch);
    };
}

}  // namespace

Command range_command() {
    return {"range",
            "STORE [filters]",
            "lists, or counts, the trips in a box and a time window",
            "tessera range trips.h5 --box -73.99,40.74,-73.98,40.75 --from 2014-04-01T08:00 --to 2014-04-01T09:00 "
            "--limit 5",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
