#include "tessera/query/nearest.hpp"

#include <algorithm>

#include "tessera/app/command.hpp"
#include "tessera/app/filter_options.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/open_checked.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/reduce/reduce.hpp"
#include "tessera/report/rows.hpp"

namespace tessera::app {
namespace {

/// Trips to read before the first answer is looked at; each further round reads four times as many.
constexpr std::uint64_t first_round_trips = std::uint64_t{1} << 17;

void add_options(po::options_description& options) {
    options.add_options()                                                                             //
        ("at", po::value<std::string>()->required()->value_name("LON,LAT"), "the point, in degrees")  //
        ("k", po::value<std::string>()->default_value("10")->value_name("N"), "how many trips")       //
        ("within", po::value<std::string>()->value_name("METRES"), "none that is farther away");
    add_filter_options(options);
    add_output_options(options);
    add_timings_option(options);
}

/// Whether a tile (and all after it) is surely farther than the k-th neighbour. The margin is far above the rounding of
/// the way from haversine to metres and back.
bool is_too_far(query::TileBound const& bound, std::vector<query::Neighbour> const& best, std::size_t k) {
    return best.size() == k && bound.haversine > geo::haversine_of(best.back().metres) * (1 + 1e-9);
}

/// Collective. The nearest over the whole store: tiles are read in order of their least distance, a round at a time,
/// until the next one cannot hold a nearer trip. All ranks know the tile table and the best so far, so that all stop at
/// the same round.
std::vector<query::Neighbour> search(comm::Communicator const& comm, store::OpenStore const& store,
                                     query::NearestQuestion const& question, StageWatch& stages) {
    auto const bounds = query::tiles_by_distance(store.tiles, question);
    std::vector<query::Neighbour> best;
    std::uint64_t budget = first_round_trips;
    for (std::size_t next = 0; next < bounds.size() && !is_too_far(bounds[next], best, question.k); budget *= 4) {
        std::vector<std::size_t> chosen;
        for (std::uint64_t trips = 0; next < bounds.size() && trips < budget; ++next) {
            if (is_too_far(bounds[next], best, question.k)) break;
            chosen.push_back(bounds[next].tile);
            trips += store.tiles.trips_in(bounds[next].tile);
        }
        std::sort(chosen.begin(), chosen.end());
        stages.enter("read");
        auto const loaded = store::read_tiles(
            comm, store, share_of_tiles(comm.rank(), comm.size(), store.tiles, chosen), query::columns_of(question));
        stages.enter("search");
        auto const local = comm::run_local(comm, "looking for the nearest trips", [&] {
            return query::NearestIndex(loaded, question.filter.on).find(question);
        });
        stages.enter("merge");
        best = query::merge(best, reduce::reduce_nearest(comm, local, question.k), question.k);
    }
    return best;
}

/// Collective. Reads the neighbours' trips on the root and writes them.
void write_neighbours(comm::Communicator const& comm, store::OpenStore const& store,
                      std::vector<query::Neighbour> const& neighbours, query::End on, Output const& output) {
    std::vector<std::uint64_t> rows;
    std::vector<double> metres;
    for (query::Neighbour const& neighbour : neighbours) {
        if (comm.is_root()) rows.push_back(neighbour.store_row);
        metres.push_back(neighbour.metres);
    }
    auto const trips = store::read_rows(comm, store, rows);
    report::RowsAbout const about{file_names(store), true, neighbours.size(), on};
    write_on_root(comm, output.path,
                  [&](std::ostream& out) { report::write_rows(out, output.format, about, trips, metres); });
}

Job prepare(po::variables_map const& values) {
    query::NearestQuestion question;
    question.filter = read_filter(values);
    question.at = *read_point(values, "at");
    question.k = static_cast<std::size_t>(read_integer(values, "k", 1, 1'000'000, 10));
    question.within_metres = read_real(values, "within", 0, 25'000'000);
    Output const output = read_output(values);
    TimingsOption const timings = read_timings_option(values);
    std::string const path = values["store"].as<std::string>();
    return [=](comm::Communicator const& comm, Launch const& launch) {
        StageWatch stages(timings, comm.traffic());
        stages.enter("read");
        check_output(comm, output.path, path, timings.file);
        auto const store = open_checked(comm, path, launch);
        note_far_place(comm.is_root(), question.filter, store.header.region);
        note_far_place(comm.is_root(), question.at, store.header.region);
        auto const neighbours = search(comm, store, question, stages);
        stages.enter("write");
        write_neighbours(comm, store, neighbours, question.filter.on, output);
        stages.tell(comm, "nearest", launch);
    };
}

}  // namespace

Command nearest_command() {
    return {"nearest",
            "STORE --at LON,LAT [filters]",
            "the trips that start (or end) nearest to a point, by the great circle",
            "tessera nearest trips.h5 --at -73.9857,40.7484 --k 5 --from 2014-04-01T08:00 --to 2014-04-01T09:00",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
