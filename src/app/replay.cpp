#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "tessera/app/command.hpp"
#include "tessera/app/filter_options.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/open_checked.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_place.hpp"
#include "tessera/app/player.hpp"
#include "tessera/comm/decide.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/reduce/trips_in_order.hpp"
#include "tessera/reduce/windows.hpp"
#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"

namespace tessera::app {
namespace {

/// Windows that the ranks count and merge at a time, however few of them are due: the root puts each out in its time.
/// Many, for each exchange costs; fewer where many ranks send the root their busiest tiles (20 MB in all at most).
std::uint64_t windows_a_round(int ranks) {
    return std::clamp<std::uint64_t>(65'536 / static_cast<std::uint64_t>(ranks), 16, 1024);
}

/// Trips that the root holds at most on their way to `--to` (or one a rank, where that is more).
constexpr std::uint64_t most_trips_on_root = 100'000;

struct Plan {
    std::string store;
    query::Filter filter;
    double speed = 0;
    std::uint32_t every_seconds = 60;
    std::string lines_place = "-";
    std::optional<std::string> trips_place;
    std::optional<MetricsOption> metrics;

    query::Ties ties() const { return trips_place ? query::Ties::by_file_and_line : query::Ties::by_row; }
};

/// What is open while a replay runs. The sinks are the root's.
struct Feeds {
    std::unique_ptr<feed::StopSignal> stop;
    std::unique_ptr<feed::Sink> lines;
    std::unique_ptr<feed::Sink> trips;
};

void add_options(po::options_description& options) {
    options.add_options()  //
        ("speed", po::value<std::string>()->required()->value_name("F"),
         "seconds of trip time that pass in one second; 0: as fast as it goes")  //
        ("every", po::value<std::string>()->default_value("60s")->value_name("TIME"),
         "length of a window, a JSON line each: 90, 60s, 15m, 1h, 1d; windows begin at multiples of it since the "
         "midnight before the first trip")  //
        ("output", po::value<std::string>()->value_name("PLACE"), "where the lines go (default: standard output)");
    add_filter_options(options, ToMeans::time_or_place);
    add_metrics_option(options);
}

core::ColumnSet columns_of(Plan const& plan) {
    if (plan.trips_place) return core::ColumnSet::all();
    core::ColumnSet columns = query::columns_of(plan.filter, plan.ties());
    columns.add(query::columns_of_window_counts());
    return columns;
}

/// Local. Throws core::DataError for files that cannot be written, or are one.
void check_places(Plan const& plan) {
    std::vector<NamedFile> files;
    auto const add = [&](char const* what, std::string const& place) {
        if (place != "-" && !feed::is_kafka_place(place)) files.push_back({what, place});
    };
    add("--output", plan.lines_place);
    if (plan.trips_place) add("--to", *plan.trips_place);
    if (plan.metrics) add("--metrics", plan.metrics->path);
    check_outputs(files, {{"the store", plan.store}});
}

/// Collective. From here on SIGTERM asks to finish; only the root acts on it.
Feeds open_feeds(comm::Communicator const& comm, Plan const& plan) {
    comm::run_on_root(comm, "--output", [&] { check_places(plan); });
    return comm::run_local(comm, "opening what the replay goes to", [&] {
        using Role = feed::StopSignal::Role;
        Feeds feeds;
        feeds.stop = std::make_unique<feed::StopSignal>(comm.is_root() ? Role::listen : Role::ignore);
        if (!comm.is_root()) return feeds;
        feeds.lines = feed::open_sink(plan.lines_place);
        if (plan.trips_place) feeds.trips = feed::open_sink(*plan.trips_place);
        return feeds;
    });
}

reduce::TimeSpan span_of(core::TripTable const& trips, query::TimeOrder const& order) {
    if (order.empty()) return {};
    return {false, trips.pickup_time[order.front()], trips.pickup_time[order.back()]};
}

/// This rank's trips, in order, and the windows of all ranks' trips.
struct Recording {
    geo::LoadedTiles loaded;
    query::TimeOrder order;
    query::WindowGrid grid;
};

/// Collective.
Recording load(comm::Communicator const& comm, store::OpenStore const& store, Plan const& plan) {
    Recording recording;
    recording.loaded = load_matching_tiles(comm, store, plan.filter, columns_of(plan));
    recording.order = comm::run_local(comm, "putting trips in order",
                                      [&] { return query::order_by_time(recording.loaded, plan.filter, plan.ties()); });
    auto const span = reduce::reduce_time_span(comm, span_of(recording.loaded.trips, recording.order));
    if (!span.empty) recording.grid = query::make_window_grid(span.first, span.last, plan.every_seconds);
    return recording;
}

/// Collective. Hands the root the trips of some rows, a part at a time, which it plays. False once stopped.
bool play_trips(comm::Communicator const& comm, comm::Doorbell const& doorbell, core::TripTable const& trips,
                std::span<std::uint32_t const> rows, Player* player) {
    for (bool last = false; !last;) {
        auto const part = reduce::take_next_trips(comm, trips, rows, most_trips_on_root);
        last = part.last;
        if (!comm::decide_on_root(comm, doorbell, "replaying trips", [&] { return player->play(part.trips); }))
            return false;
    }
    return true;
}

/// Collective. Counts windows on every rank, merges them and has them played, a round at a time. `player` is the
/// root's, and nullptr elsewhere. Nobody ever holds all trips.
void play(comm::Communicator const& comm, Recording const& recording, Plan const& plan, Player* player) {
    auto const counter = comm::run_local(
        comm, "replaying", [&] { return std::make_unique<query::WindowCounter>(recording.loaded, recording.order); });
    auto const doorbell = comm::hang_doorbell(comm);
    std::uint64_t windows = 0;
    for (std::uint64_t first = 0; first < recording.grid.windows; first += windows) {
        windows = std::min(windows_a_round(comm.size()), recording.grid.windows - first);
        auto const local =
            comm::run_local(comm, "counting windows", [&] { return counter->count(recording.grid, first, windows); });
        auto global = reduce::reduce_windows(comm, local);
        if (player) player->announce(std::move(global));
        if (plan.trips_place) {
            auto const places = counter->places(recording.grid, first, windows);
            auto const rows = std::span(recording.order).subspan(places.first, places.last - places.first);
            if (!play_trips(comm, doorbell, recording.loaded.trips, rows, player)) return;
        }
        if (!comm::decide_on_root(comm, doorbell, "replaying windows", [&] { return player->close_windows(); })) return;
    }
}

/// Local. How far it came, for the one who reads standard error.
void say_how_far(report::ReplayMetrics const& done, query::WindowGrid const& grid, double seconds) {
    if (grid.windows == 0) {
        fmt::print(stderr, "note: no trip matches; there is nothing to replay\n");
        return;
    }
    if (done.windows < grid.windows)
        fmt::print(stderr, "stopped at {}, after {} of {} windows\n", core::format_wall_time(grid.from(done.windows)),
                   report::with_separators(done.windows), report::with_separators(grid.windows));
    double const trip_seconds = static_cast<double>(done.windows) * grid.every_seconds;
    fmt::print(stderr, "replayed {} windows, {} trips in {:.3f} s: {} s of trip time a second\n",
               report::with_separators(done.windows), report::with_separators(done.trips), seconds,
               report::with_separators(static_cast<std::uint64_t>(trip_seconds / std::max(seconds, 1e-6))));
}

std::vector<std::string> file_literals_of(store::OpenStore const& store) {
    std::vector<std::string> literals = file_names(store);
    std::transform(literals.begin(), literals.end(), literals.begin(), report::quote_json);
    return literals;
}

/// Collective.
void replay(comm::Communicator const& comm, Launch const& launch, Plan const& plan) {
    Feeds const feeds = open_feeds(comm, plan);
    ReplayWatch watch(comm.is_root(), launch, plan.metrics);
    watch.start(comm);
    auto const store = open_checked(comm, plan.store, launch);
    note_far_place(comm.is_root(), plan.filter, store.header.region);
    Recording const recording = load(comm, store, plan);
    watch.enter_replay(comm, recording.loaded, columns_of(plan));
    Pace pace(plan.speed, *feeds.stop);
    std::unique_ptr<Player> player;
    if (comm.is_root())
        player = std::make_unique<Player>(recording.grid, pace, *feeds.stop,
                                          PlayerOutputs{feeds.lines.get(), feeds.trips.get(), file_literals_of(store)},
                                          watch);
    pace.start(recording.grid.start);
    play(comm, recording, plan, player.get());
    comm::run_on_root(comm, "ending the replay", [&] {
        player->finish();
        say_how_far(player->so_far(), recording.grid, pace.seconds());
    });
    watch.finish(comm, recording.loaded);
}

Job prepare(po::variables_map const& values) {
    Plan plan;
    plan.store = values["store"].as<std::string>();
    plan.filter = read_filter(values);
    plan.speed = *read_real(values, "speed", 0, 1e9);
    plan.every_seconds = read_seconds(values, "every", query::longest_window_seconds, 60);
    plan.lines_place = read_text(values, "output").value_or("-");
    plan.trips_place = read_to_place(values);
    plan.metrics = read_metrics_option(values);
    if (plan.trips_place == "-" && plan.lines_place == "-")
        throw core::UsageError("--to -: the trips would mix with the windows' lines; give --output a file as well");
    feed::check_sink_place(plan.lines_place);
    if (plan.trips_place) feed::check_sink_place(*plan.trips_place);
    return [=](comm::Communicator const& comm, Launch const& launch) { replay(comm, launch, plan); };
}

}  // namespace

Command replay_command() {
    return {"replay",
            "STORE --speed F [filters]",
            "the trips in time order, at a pace: live counts of each window, and the trips themselves",
            "tessera replay trips.h5 --speed 0 --every 1h --from 2014-04-01 --to 2014-04-02",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
