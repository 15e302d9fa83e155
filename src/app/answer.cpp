#include <numeric>

#include "answer_options.hpp"
#include "request_desk.hpp"
#include "tessera/app/command.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/memory_need.hpp"
#include "tessera/app/output_place.hpp"
#include "tessera/app/rank_metrics.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/feed/stop_signal.hpp"
#include "tessera/query/trip_index.hpp"
#include "tessera/sizing/predict.hpp"
#include "tessera/tiling/cut_runs.hpp"

namespace tessera::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Collective. No output may be an input, or another output; all this is told before any work.
void check_places(comm::Communicator const& comm, AnswerOptions const& options) {
    comm::run_on_root(comm, "the outputs", [&] {
        std::vector<NamedFile> outputs, inputs{{"the store", options.store}};
        bool const from_file = options.from != "-" && !feed::is_kafka_place(options.from);
        if (from_file) inputs.push_back({"--requests", options.from});
        if (options.to != "-" && !feed::is_kafka_place(options.to)) outputs.push_back({"--output", options.to});
        if (options.latency) outputs.push_back({"--latency", *options.latency});
        if (options.metrics) outputs.push_back({"--metrics", options.metrics->path});
        add_timings_file(options.timings, outputs);
        check_outputs(outputs, inputs);
    });
}

/// How all tiles are shared out: rank r owns [cuts[r], cuts[r + 1]).
std::vector<std::size_t> cut_tiles(geo::TileTable const& tiles, int ranks) {
    std::vector<std::uint64_t> weights(tiles.size());
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        weights[tile] = tiles.trips_in(tile);
    return tiling::cut_runs(weights, ranks);
}

/// Collective. This rank's tiles, whole.
geo::LoadedTiles load_run(comm::Communicator const& comm, store::OpenStore const& store,
                          std::vector<std::size_t> const& cuts) {
    auto const rank = static_cast<std::size_t>(comm.rank());
    std::vector<std::size_t> mine(cuts[rank + 1] - cuts[rank]);
    std::iota(mine.begin(), mine.end(), cuts[rank]);
    return store::read_tiles(comm, store, mine, core::ColumnSet::all());
}

/// Collective. Rounds of requests until there are no more. `desk` is the root's, and nothing elsewhere.
void answer_rounds(comm::Communicator const& comm, query::TripIndex const& index, request::Limits const& limits,
                   RequestDesk* desk, StageWatch& stages) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    auto const doorbell = comm::hang_doorbell(comm);
    stages.enter("answer");
    Round round;
    reduce::RankLoad load;
    std::vector<reduce::RankLoad> loads(ranks);
    for (;;) {
        if (desk != nullptr) desk->fill(round);
        share_round(comm, doorbell, round);
        if (round.kind == Round::Kind::end) return;
        auto const start = Clock::now();
        std::vector<request::Part> parts(round.shared.questions.size());
        std::vector<std::uint8_t> mine(parts.size());
        for (std::size_t i = 0; i < mine.size(); ++i)
            mine[i] = round.shared.touches(i, me, ranks) ? 1 : 0;
        request::answer_parts(index, round.shared.questions, mine, limits, parts);
        load.busy_ns += static_cast<std::uint64_t>((Clock::now() - start).count());
        load.resident_bytes = resident_bytes();
        reduce::reduce_parts(comm, round.shared, parts, load, loads);
        if (desk != nullptr) desk->hand_out(parts, loads);
        stages.end_batch(parts.size());
    }
}

/// What only the root has.
struct Root {
    AnswerAccount account;
    RequestDesk desk;

    Root(AnswerOptions const& options, Launch const& launch, report::Metrics metrics, feed::StopSignal const& stop,
         request::RankReach const& reach, std::vector<std::string> const& files)
        : account(options, launch, std::move(metrics)), desk(options, stop, reach, files, account) {}
};

/// Local. What a rank takes of memory in the end.
double usual_memory(int ranks, std::uint64_t trips) {
    sizing::Work work;
    work.trips = static_cast<double>(trips);
    sizing::Cluster cluster;
    cluster.ranks = ranks;
    return sizing::predict_answers(work, cluster, {}).memory_bytes_a_rank;
}

void run(comm::Communicator const& comm, Launch const& launch, AnswerOptions const& options) {
    feed::StopSignal const stop(comm.is_root() ? feed::StopSignal::Role::listen : feed::StopSignal::Role::ignore);
    StageWatch stages(options.timings, comm.traffic());
    stages.enter("load");
    check_places(comm, options);
    auto const start = Clock::now();
    auto const store = store::open_store(comm, options.store);
    auto const cuts = cut_tiles(store.tiles, comm.size());
    auto const me = static_cast<std::size_t>(comm.rank());
    std::uint64_t const my_trips = store.tiles.first_trip[cuts[me + 1]] - store.tiles.first_trip[cuts[me]];
    MemoryLimit const memory = find_memory_limit();
    require_memory(comm, memory, "loading the store", unreclaimable_bytes() + my_trips * answer_bytes_a_trip);
    note_memory(comm, memory, "answer", usual_memory(comm.size(), store.header.trips));
    auto const loaded = load_run(comm, store, cuts);
    auto const loaded_at = Clock::now();
    stages.enter("index");
    auto const index =
        comm::run_local(comm, "making the index", [&] { return std::make_unique<query::TripIndex>(loaded); });
    stages.enter("start");
    request::RankReach const reach(store.tiles, cuts);
    report::Metrics metrics;
    metrics.phases = {{"load", loaded_at - start}, {"index", Clock::now() - loaded_at}};
    metrics.read = sum_read(comm, loaded, core::ColumnSet::all());
    metrics.ranks = ask_ranks(comm, loaded.trips.size());
    auto const root = comm::run_on_root(comm, "the requests", [&] {
        return std::make_unique<Root>(options, launch, std::move(metrics), stop, reach, file_names(store));
    });
    answer_rounds(comm, *index, options.limits, root ? &root->desk : nullptr, stages);
    comm::run_on_root(comm, "the answers", [&] {
        root->desk.finish();
        root->account.finish(stop.requested());
    });
    stages.tell(comm, "answer", launch);
}

Job prepare(po::variables_map const& values) {
    AnswerOptions const options = read_answer_options(values);
    return [options](comm::Communicator const& comm, Launch const& launch) { run(comm, launch, options); };
}

}  // namespace

Command answer_command() {
    return {"answer",
            "STORE --requests FILE",
            "answers a file, or a stream, of requests: one JSON object a line, one answer a line",
            "mpirun -n 2 tessera answer trips.h5 --requests requests-100.jsonl --output answers.jsonl",
            add_answer_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
