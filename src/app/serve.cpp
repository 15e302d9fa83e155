#include <fmt/format.h>
#include <omp.h>

#include <filesystem>
#include <sstream>

#include "resident_store.hpp"
#include "rounds.hpp"
#include "serve_options.hpp"
#include "tessera/app/command.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/store_digest.hpp"
#include "tessera/app/store_summary.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/feed/stop_signal.hpp"
#include "tessera/report/quote.hpp"
#include "tessera/web/gate.hpp"
#include "version.hpp"

namespace tessera::app {
namespace {

report::RunMetrics run_of_service() {
    report::RunMetrics run;
    run.run = run.command = "serve";
    run.version = program_version;
    run.started = report::WallClock::now();
    return run;
}

/// What only the root has. The server's thread uses the others, and calls in them are replied to by the server: it
/// stops first, and goes last.
struct Root {
    std::unique_ptr<web::Server> server;
    desk::Inbox inbox;
    desk::MetricsBoard board{run_of_service()};
    desk::Front front{inbox, board};
    std::unique_ptr<desk::WebDesk> desk;

    ~Root() {
        if (server) server->stop();
    }
};

/// An address as one that has colons stands before a port.
std::string in_brackets(std::string const& host) {
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

/// Local. Listens, so that a place that cannot be had is told before the store is loaded, and says that it is loading.
std::unique_ptr<Root> open_service(ServeOptions const& options, feed::StopSignal const& stop) {
    auto root = std::make_unique<Root>();
    std::optional<std::string> token;
    if (options.token_file) token = web::read_token(*options.token_file);
    root->server = std::make_unique<web::Server>(
        web::ServerOptions{options.place, token, content_policy(options.basemap), options.web});
    Root& it = *root;
    it.front.stand_before(*it.server);
    it.server->start([&it](web::Call&& call) { it.front.take(std::move(call)); }, stop.descriptor(),
                     [&it] {
                         it.front.begin_to_drain();
                         it.inbox.wake();
                     });
    return root;
}

/// The reply to /api/info: what `info --json` tells, and what the page needs to know of the service.
std::string info_of(ServeOptions const& options, store::OpenStore const& store, int ranks, int threads) {
    std::ostringstream text;
    auto summary = summarise(store);
    summary.path = std::filesystem::path(summary.path).filename();  // where it lies is nobody's business
    report::write_info_json(text, summary);
    std::string info = text.str();
    info.resize(info.rfind('}'));
    info.erase(info.find_last_not_of(" \n") + 1);
    info += fmt::format(
        ",\n  \"serve\": {{\"version\": {}, \"ranks\": {}, \"threads\": {}, \"basemap\": {}, \"map\": {{\"min_zoom\": "
        "0, "
        "\"max_zoom\": 20, \"sizes\": [256, 512]}}}}\n}}\n",
        report::quote_json(program_name_and_version), ranks, threads,
        options.basemap ? report::quote_json(*options.basemap) : "null");
    return info;
}

desk::ReplaySpan span_of(report::StoreSummary const& summary) {
    return {summary.first_pickup, summary.last_pickup};
}

/// Local. The desk of a service whose store is there.
void open_desk(Root& root, ServeOptions const& options, ResidentStore& resident, request::RankReach const& reach,
               int ranks) {
    root.board.change([&](report::Metrics& metrics) {
        metrics.phases = std::move(resident.metrics.phases);
        metrics.read = resident.metrics.read;
        metrics.ranks = std::move(resident.metrics.ranks);
    });
    desk::WebDeskOptions of_desk;
    of_desk.limits = options.requests;
    of_desk.body = options.body;
    of_desk.streams = options.web.streams;
    of_desk.info = info_of(options, resident.store, ranks, omp_get_max_threads());
    of_desk.files = file_names(resident.store);
    of_desk.span = span_of(summarise(resident.store));
    desk::MapCalls maps(digest_of(resident.store), resident.store.tiles, resident.cuts, root.board);
    root.desk = std::make_unique<desk::WebDesk>(std::move(of_desk), root.inbox, root.front, *root.server, reach,
                                                std::move(maps), root.board);
    root.front.become_ready();
    fmt::print(stderr, "serving {} trips on http://{}:{}/ (end with Ctrl-C)\n", resident.store.header.trips,
               in_brackets(options.place.host), root.server->port());
}

void tell_end(Root& root) {
    auto const left = root.server->calls();
    root.server->stop();
    if (left > 0)
        fmt::print(stderr, "stopped by a signal; {} requests that were taken are not answered in full\n", left);
    else
        fmt::print(stderr, "stopped by a signal; all requests that were taken are answered\n");
}

void run(comm::Communicator const& comm, Launch const& launch, ServeOptions const& options) {
    feed::StopSignal const stop(comm.is_root() ? feed::StopSignal::Role::listen : feed::StopSignal::Role::ignore);
    StageWatch stages(options.timings, comm.traffic());
    stages.enter("load");
    auto const root = comm::run_on_root(comm, "the service", [&] { return open_service(options, stop); });
    auto resident = load_resident(comm, launch, options.store, "serve", stages);
    request::RankReach const reach(resident.store.tiles, resident.cuts);
    comm::run_on_root(comm, "the service", [&] { open_desk(*root, options, resident, reach, comm.size()); });
    answer_rounds(comm, *resident.index, options.requests, root ? root->desk.get() : nullptr, stages);
    if (root) tell_end(*root);
    stages.tell(comm, "serve", launch);
}

Job prepare(po::variables_map const& values) {
    ServeOptions const options = read_serve_options(values);
    return [options](comm::Communicator const& comm, Launch const& launch) { run(comm, launch, options); };
}

}  // namespace

Command serve_command() {
    return {"serve",
            "STORE [--listen HOST:PORT]",
            "the same questions over HTTP, with a page that shows the trips on a map",
            "mpirun -n 2 tessera serve trips.h5 --listen 127.0.0.1:8080",
            add_serve_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
