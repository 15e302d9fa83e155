#include "answer_options.hpp"
#include "request_desk.hpp"
#include "resident_store.hpp"
#include "rounds.hpp"
#include "tessera/app/command.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/output_place.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/feed/stop_signal.hpp"

namespace tessera::app {
namespace {

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

/// What only the root has.
struct Root {
    AnswerAccount account;
    RequestDesk desk;

    Root(AnswerOptions const& options, Launch const& launch, report::Metrics metrics, feed::StopSignal const& stop,
         request::RankReach const& reach, std::vector<std::string> const& files)
        : account(options, launch, std::move(metrics)), desk(options, stop, reach, files, account) {}
};

void run(comm::Communicator const& comm, Launch const& launch, AnswerOptions const& options) {
    feed::StopSignal const stop(comm.is_root() ? feed::StopSignal::Role::listen : feed::StopSignal::Role::ignore);
    StageWatch stages(options.timings, comm.traffic());
    stages.enter("load");
    check_places(comm, options);
    auto resident = load_resident(comm, launch, options.store, "answer", stages);
    request::RankReach const reach(resident.store.tiles, resident.cuts);
    auto const root = comm::run_on_root(comm, "the requests", [&] {
        return std::make_unique<Root>(options, launch, std::move(resident.metrics), stop, reach,
                                      file_names(resident.store));
    });
    answer_rounds(comm, *resident.index, options.limits, root ? &root->desk : nullptr, stages);
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
