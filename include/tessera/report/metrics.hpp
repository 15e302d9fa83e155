#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tessera/core/codes.hpp"
#include "tessera/core/ledger.hpp"
#include "tessera/report/request_metrics.hpp"
#include "tessera/report/service_metrics.hpp"

// What a run tells a monitoring system about itself: plain numbers, so far. `prometheus_text` writes them down.
namespace tessera::report {

using WallClock = std::chrono::system_clock;

/// Which run it is; the only place with times of day.
struct RunMetrics {
    std::string run;      ///< tells it from others whose metrics lie in the same folder; the `run` label of all
    std::string command;  ///< "ingest"
    std::string version;  ///< "tessera 0.1.0"
    WallClock::time_point started{};
    WallClock::time_point written{};
    std::optional<WallClock::time_point> finished;  ///< nothing while it runs, and where it failed
};

/// A stage of a run, over all ranks; the last may still be under way.
struct PhaseMetrics {
    std::string phase;  ///< "read"
    std::chrono::nanoseconds duration{};
};

/// One rank.
struct RankMetrics {
    std::uint64_t trips = 0;  ///< that it owns
    std::uint64_t resident_bytes = 0;
    std::optional<std::chrono::nanoseconds> busy;       ///< worked on requests, in all; nothing where that is not told
    std::optional<std::uint64_t> memory_limit_bytes{};  ///< that it may take; nothing where that is not told
};

/// What was read from the input files or the store.
struct ReadMetrics {
    std::uint64_t bytes = 0;                                      ///< as they lie on disk
    std::array<std::uint64_t, core::all_sources.size()> trips{};  ///< in the order of core::all_sources
};

/// What an ingest made of its input. It has succeeded only once all is written.
struct IngestMetrics {
    std::uint64_t input_bytes = 0;  ///< of all files
    core::LedgerCounts counts;
    bool success = false;
};

struct ReplayMetrics {
    std::uint64_t trips = 0;
    std::uint64_t windows = 0;
    std::chrono::nanoseconds behind{};  ///< how far it lags the pace that was asked for
};

/// All of it; what a command does not have stays empty, and is not written.
struct Metrics {
    RunMetrics run;
    std::vector<PhaseMetrics> phases;
    std::vector<RankMetrics> ranks;  ///< in the order of ranks
    std::optional<ReadMetrics> read;
    std::optional<IngestMetrics> ingest;
    std::optional<RequestMetrics> requests;
    std::optional<ReplayMetrics> replay;
    std::optional<HttpMetrics> http;
    std::optional<StreamMetrics> streams;
    std::optional<MapMetrics> maps;
};

}  // namespace tessera::report
