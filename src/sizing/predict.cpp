#include "tessera/sizing/predict.hpp"

#include <algorithm>
#include <cmath>

#include "tessera/core/row_limit.hpp"

namespace tessera::sizing {
namespace {

// Of the store and of messages, in bytes: README's limits and `--timings` tell them.
constexpr double store_bytes_a_trip = 55;
constexpr double message_bytes_a_trip = 56;
constexpr double index_bytes_a_trip = 25;
constexpr double tile_bytes = 57;
constexpr double trips_a_tile = 430;
constexpr double process_bytes = 48e6;
constexpr double ingest_bytes_a_trip = 64 + 8 + 8;  // a cache line, and what is sorted in its stead
constexpr double message_limit_bytes = 256 << 20;
constexpr double collectives_an_ingest = 60;
constexpr double request_bytes = 220, answer_bytes = 1'600;
constexpr double latency_in_memory_s = 1e-6;

struct Shape {
    double ranks, hosts, ranks_a_host, cores;
    double latency_s;
    double steps;  ///< of a collective that goes by a tree

    Shape(Cluster const& cluster)
        : ranks(cluster.ranks),
          hosts(std::min(cluster.hosts, cluster.ranks)),
          ranks_a_host(std::ceil(ranks / hosts)),
          cores(ranks * cluster.threads),
          latency_s(hosts > 1 ? cluster.latency_s : latency_in_memory_s),
          steps(std::ceil(std::log2(std::max(1.0, ranks)))) {
        if (cluster.cores_a_host > 0) cores = std::min(cores, hosts * cluster.cores_a_host);
        // Memory and caches are shared, and two cores of a virtual machine may be one.
        cores /= 1 + cluster.crowding * (1 - 1 / std::max(1.0, cores / hosts));
    }
    /// Of what goes from each rank to all, the share that leaves the host.
    double share_between_hosts() const { return (hosts - 1) / hosts; }
    double share_to_others() const { return (ranks - 1) / ranks; }
};

double seconds_for(double bytes, double bytes_a_s) {
    return bytes_a_s > 0 ? bytes / bytes_a_s : 0;
}

}  // namespace

bool IngestPrediction::too_many_trips() const {
    return std::ceil(trips_a_rank) > static_cast<double>(core::most_rows_of_a_rank);
}

IngestPrediction predict_ingest(Work const& work, Cluster const& cluster, Costs const& costs) {
    Shape const shape(cluster);
    double const csv_bytes = work.trips * work.csv_bytes_a_trip;
    double const agree_s = 2 * shape.steps * shape.latency_s;  // one collective of few bytes
    IngestPrediction told;
    told.trips_a_rank = work.trips / shape.ranks;
    told.store_bytes = work.trips * store_bytes_a_trip;
    told.memory_bytes_a_rank = process_bytes + work.trips / shape.ranks * ingest_bytes_a_trip;
    told.start_s = costs.start_s + costs.start_s_a_rank * (shape.ranks_a_host - 1) +
                   (shape.hosts > 1 ? 0.3 + 0.02 * std::log2(shape.hosts) : 0);  // daemons on the other hosts
    told.read_s =
        std::max(csv_bytes * costs.read_s_a_byte / shape.cores, seconds_for(csv_bytes, cluster.read_bytes_a_s));
    told.tile_s = work.trips * costs.tile_s_a_trip / shape.cores + collectives_an_ingest * agree_s;

    double const sent = work.trips * message_bytes_a_trip;
    told.bytes_a_pair = sent / shape.ranks / shape.ranks;
    told.messages = shape.ranks * (shape.ranks - 1) * std::ceil(told.bytes_a_pair / message_limit_bytes);
    told.bytes_between_hosts = sent * shape.share_between_hosts();
    double const within_hosts = sent * (shape.share_to_others() - shape.share_between_hosts());
    double const table = work.trips / trips_a_tile * tile_bytes * shape.share_to_others();  // to every rank
    double const senders = std::min(shape.ranks, shape.cores);
    told.exchange_s = (shape.ranks - 1) * shape.latency_s +
                      told.bytes_between_hosts / shape.hosts / cluster.bandwidth_bytes_a_s +
                      within_hosts * costs.copy_s_a_byte / senders +
                      (shape.hosts > 1 ? table * shape.ranks_a_host / cluster.bandwidth_bytes_a_s
                                       : table * shape.ranks * costs.copy_s_a_byte / senders);
    told.write_s = std::max(work.trips * costs.write_s_a_trip / shape.cores,
                            seconds_for(told.store_bytes, cluster.write_bytes_a_s));
    return told;
}

AnswerPrediction predict_answers(Work const& work, Cluster const& cluster, Costs const& costs, int batch) {
    Shape const shape(cluster);
    AnswerPrediction told;
    double const store_bytes = work.trips * store_bytes_a_trip;
    told.memory_bytes_a_rank = process_bytes + work.trips / shape.ranks * (store_bytes_a_trip + index_bytes_a_trip);
    told.load_s =
        std::max(work.trips * 2 * costs.write_s_a_trip / shape.cores, seconds_for(store_bytes, cluster.read_bytes_a_s));
    double const question_s =
        0.6 * costs.nearest_s + 0.25 * costs.range_s + 0.15 * costs.aggregate_s_a_trip * work.trips;
    double const tell_s = shape.ranks > 1 ? 2 * shape.steps * shape.latency_s : 0;
    double const to_root_s =
        shape.hosts > 1 ? batch * answer_bytes * shape.share_between_hosts() / cluster.bandwidth_bytes_a_s : 0;
    double const to_ranks_s = shape.hosts > 1 ? batch * request_bytes * shape.steps / cluster.bandwidth_bytes_a_s : 0;
    // Rank 0 writes one batch while the next is searched, where it has a core for that.
    told.batch_s = tell_s + to_ranks_s + to_root_s + (shape.ranks - 1) * shape.latency_s * (shape.hosts > 1 ? 1 : 0.5) +
                   batch * (question_s / shape.cores + costs.write_answer_s);
    told.requests_a_s = batch / told.batch_s;
    told.alone_s = costs.nearest_s + costs.write_answer_s + tell_s;
    told.messages_a_batch = 2 * (shape.ranks - 1);
    return told;
}

}  // namespace tessera::sizing
