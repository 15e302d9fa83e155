#pragma once
#include <cstdint>

#include "tessera/sizing/costs.hpp"

namespace tessera::sizing {

/// What there is to do.
struct Work {
    double trips = 0;
    double csv_bytes_a_trip = 171;  ///< yellow
};

/// What there is to do it with.
struct Cluster {
    int ranks = 1;
    int threads = 1;                      ///< of a rank
    int hosts = 1;                        ///< the ranks are spread over them evenly
    int cores_a_host = 0;                 ///< 0: a core for each thread
    double crowding = 0.6;                ///< so much more does work cost on many cores of a host than on one alone
    double latency_s = 20e-6;             ///< of a message between hosts
    double bandwidth_bytes_a_s = 1.25e9;  ///< of each host's network card, each way (10 Gbit/s)
    double read_bytes_a_s = 0;            ///< of the file system, all hosts together; 0: as fast as memory
    double write_bytes_a_s = 0;
};

/// Seconds by stage, as `ingest --timings` tells them, and what decides them.
struct IngestPrediction {
    double start_s = 0, read_s = 0, tile_s = 0, exchange_s = 0, write_s = 0;
    double trips_a_rank = 0;
    double memory_bytes_a_rank = 0;  ///< at the peak, of the largest rank
    double store_bytes = 0;
    double messages = 0;      ///< of the exchange
    double bytes_a_pair = 0;  ///< from each rank to each other
    double bytes_between_hosts = 0;

    /// Whether a rank would have more trips than it can number: ingest and answer refuse them.
    bool too_many_trips() const;
    double work_s() const { return read_s + tile_s + exchange_s + write_s; }
    double total_s() const { return start_s + work_s(); }
};

/// Batches of the requests that `generate requests` makes: 60 nearest, 25 range, 15 aggregate of a hundred.
struct AnswerPrediction {
    double load_s = 0;  ///< opening the store, reading it, making the index
    double memory_bytes_a_rank = 0;
    double batch_s = 0;  ///< of `batch` requests
    double requests_a_s = 0;
    double alone_s = 0;  ///< a nearest request that comes alone
    double messages_a_batch = 0;
};

/// Local. Shapes: ranks, threads, hosts >= 1, hosts <= ranks.
IngestPrediction predict_ingest(Work const& work, Cluster const& cluster, Costs const& costs);
AnswerPrediction predict_answers(Work const& work, Cluster const& cluster, Costs const& costs, int batch = 1024);

}  // namespace tessera::sizing
