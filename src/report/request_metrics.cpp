#include "tessera/report/request_metrics.hpp"

namespace tessera::report {

std::string_view name_of_kind(std::size_t kind) {
    return kind < request::operation_count ? request::name_of(static_cast<request::Operation>(kind)) : "unknown";
}

void RequestMetrics::add(request::Answered const& answered) {
    request::Cost const& cost = answered.cost;
    OfOperation& mine = operations[kind_of(answered.operation)];
    ++mine.outcomes[static_cast<std::size_t>(answered.outcome)];
    mine.latency_ns.add((cost.queue + cost.work).count());
    mine.work_ns.add(cost.work.count());
    mine.tiles += cost.tiles;
    mine.rows += cost.rows;
    queue_ns.add(cost.queue.count());
}

void RequestMetrics::add_batch(std::uint64_t requests, std::uint64_t bytes) {
    batch_requests.add(static_cast<std::int64_t>(requests));
    answer_bytes += bytes;
}

}  // namespace tessera::report
