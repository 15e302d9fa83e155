#include "tessera/report/prometheus.hpp"

#include "metric_families.hpp"
#include "service_families.hpp"

namespace tessera::report {
namespace {

constexpr double nanoseconds_in_second = 1e9;

std::chrono::nanoseconds since_1970(WallClock::time_point time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch());
}

void add_run(MetricFamilies& out, RunMetrics const& run) {
    out.begin_gauge("tessera_build_info", "Always 1; the labels tell which program runs, and which command.");
    out.add({{"version", run.version}, {"command", run.command}}, 1.0);
    out.begin_gauge("tessera_start_time_seconds", "When the run began, in seconds since 1970.");
    out.add({}, since_1970(run.started));
    out.begin_gauge("tessera_last_write_time_seconds", "When these numbers were written, in seconds since 1970.");
    out.add({}, since_1970(run.written));
    out.begin_gauge("tessera_finish_time_seconds",
                    "When the run ended well, in seconds since 1970; absent while it runs and where it failed.");
    if (run.finished) out.add({}, since_1970(*run.finished));
}

void add_phases(MetricFamilies& out, std::vector<PhaseMetrics> const& phases) {
    out.begin_gauge("tessera_phase_duration_seconds", "How long a phase of the run took, or has taken so far.");
    for (PhaseMetrics const& phase : phases)
        out.add({{"phase", phase.phase}}, phase.duration);
}

void add_ranks(MetricFamilies& out, std::vector<RankMetrics> const& ranks) {
    auto const each = [&](auto const& add) {
        for (std::size_t rank = 0; rank < ranks.size(); ++rank)
            add(std::to_string(rank), ranks[rank]);
    };
    out.begin_gauge("tessera_rank_trips", "Trips that an MPI rank owns.");
    each([&](std::string const& name, RankMetrics const& rank) { out.add({{"rank", name}}, rank.trips); });
    out.begin_gauge("tessera_rank_resident_memory_bytes", "Memory that an MPI rank holds.");
    each([&](std::string const& name, RankMetrics const& rank) { out.add({{"rank", name}}, rank.resident_bytes); });
    out.begin_gauge("tessera_rank_memory_limit_bytes",
                    "Memory that an MPI rank may take: its container's or machine's, by the ranks that share it.");
    each([&](std::string const& name, RankMetrics const& rank) {
        if (rank.memory_limit_bytes) out.add({{"rank", name}}, *rank.memory_limit_bytes);
    });
    out.begin_counter("tessera_rank_busy_seconds_total", "Time that an MPI rank has worked on requests.");
    each([&](std::string const& name, RankMetrics const& rank) {
        if (rank.busy) out.add({{"rank", name}}, *rank.busy);
    });
}

void add_read(MetricFamilies& out, ReadMetrics const& read) {
    out.begin_counter("tessera_read_bytes_total", "Bytes read of the input files or the store.");
    out.add({}, read.bytes);
    out.begin_counter("tessera_trips_total", "Trips kept of the input files, or loaded from the store.");
    for (std::size_t i = 0; i < read.trips.size(); ++i)
        out.add({{"source", core::name_of(core::all_sources[i])}}, read.trips[i]);
}

void add_ingest(MetricFamilies& out, IngestMetrics const& ingest) {
    out.begin_gauge("tessera_ingest_success", "1 once the store is written, else 0.");
    out.add({}, ingest.success ? 1.0 : 0.0);
    out.begin_gauge("tessera_ingest_input_bytes", "Bytes of all input files.");
    out.add({}, ingest.input_bytes);
    out.begin_counter("tessera_ingest_lines_total", "Lines read, headers and blank ones included.");
    out.add({}, ingest.counts.lines);
    out.begin_counter("tessera_ingest_rejected_rows_total", "Rows that made no trip, by the first rule that fired.");
    for (std::size_t i = 0; i < core::reject_names.size(); ++i)
        out.add({{"reason", core::reject_names[i]}}, ingest.counts.rejected[i]);
    out.begin_counter("tessera_ingest_odd_rows_total", "Rows that were kept although something about them is odd.");
    for (std::size_t i = 0; i < core::oddity_names.size(); ++i)
        out.add({{"oddity", core::oddity_names[i]}}, ingest.counts.odd[i]);
}

/// Whether requests of a kind can end that way: what cannot be read has no operation, what was answered has one.
bool may_end(std::size_t kind, request::Outcome outcome) {
    bool const known = kind < request::operation_count;
    return outcome != (known ? request::Outcome::bad_json : request::Outcome::answered);
}

void add_outcomes(MetricFamilies& out, RequestMetrics const& requests) {
    out.begin_counter("tessera_requests_total", "Requests dealt with, by operation and by how they ended.");
    for (std::size_t kind = 0; kind < operation_kinds; ++kind)
        for (std::size_t i = 0; i < request::outcome_count; ++i) {
            auto const outcome = static_cast<request::Outcome>(i);
            std::uint64_t const count = requests.operations[kind].outcomes[i];
            // A series that is there from the start, at 0, is one whose first increase is seen.
            if (count > 0 || may_end(kind, outcome))
                out.add({{"op", name_of_kind(kind)}, {"outcome", request::name_of(outcome)}}, count);
        }
}

void add_requests(MetricFamilies& out, RequestMetrics const& requests) {
    using OfOperation = RequestMetrics::OfOperation;
    auto const each = [&](auto const& add) {
        for (std::size_t kind = 0; kind < operation_kinds; ++kind)
            add(name_of_kind(kind), requests.operations[kind]);
    };
    add_outcomes(out, requests);
    out.begin_histogram("tessera_request_duration_seconds",
                        "From a request's arrival until its answer was handed over.");
    each([&](std::string_view op, OfOperation const& of) {
        out.add({{"op", op}}, of.latency_ns, nanoseconds_in_second);
    });
    out.begin_histogram("tessera_request_work_duration_seconds", "The part of it in which the request was worked on.");
    each([&](std::string_view op, OfOperation const& of) { out.add({{"op", op}}, of.work_ns, nanoseconds_in_second); });
    out.begin_histogram("tessera_request_queue_duration_seconds", "The part of it in which the request waited.");
    out.add({}, requests.queue_ns, nanoseconds_in_second);
    out.begin_counter("tessera_request_tiles_total", "Tiles that requests looked into, over all ranks.");
    each([&](std::string_view op, OfOperation const& of) { out.add({{"op", op}}, of.tiles); });
    out.begin_counter("tessera_request_rows_total", "Rows that requests looked at, over all ranks.");
    each([&](std::string_view op, OfOperation const& of) { out.add({{"op", op}}, of.rows); });
    out.begin_counter("tessera_batches_total", "Batches of requests that were answered.");
    out.add({}, requests.batch_requests.count());
    out.begin_histogram("tessera_batch_requests", "Requests in a batch.");
    out.add({}, requests.batch_requests, 1.0);
    out.begin_counter("tessera_answer_bytes_total", "Bytes of answers written.");
    out.add({}, requests.answer_bytes);
}

void add_replay(MetricFamilies& out, ReplayMetrics const& replay) {
    out.begin_counter("tessera_replay_trips_total", "Trips replayed.");
    out.add({}, replay.trips);
    out.begin_counter("tessera_replay_windows_total", "Windows of trip time that are complete.");
    out.add({}, replay.windows);
    out.begin_gauge("tessera_replay_behind_seconds", "How far the replay lags the pace that was asked for.");
    out.add({}, replay.behind);
}

}  // namespace

std::string prometheus_text(Metrics const& metrics) {
    MetricFamilies out(metrics.run.run);
    add_run(out, metrics.run);
    add_phases(out, metrics.phases);
    add_ranks(out, metrics.ranks);
    if (metrics.read) add_read(out, *metrics.read);
    if (metrics.ingest) add_ingest(out, *metrics.ingest);
    if (metrics.requests) add_requests(out, *metrics.requests);
    if (metrics.replay) add_replay(out, *metrics.replay);
    if (metrics.http) add_http(out, *metrics.http);
    if (metrics.streams) add_streams(out, *metrics.streams);
    if (metrics.maps) add_maps(out, *metrics.maps);
    return out.text();
}

}  // namespace tessera::report
