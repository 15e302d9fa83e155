#include "tessera/report/latency_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

constexpr std::string_view bar = "|";

/// "0.3", "41.3", "999.9", "1,234"
std::string micros_of(double ns) {
    double const micros = ns / 1000;
    return micros < 999.95 ? fmt::format("{:.1f}", micros) : with_separators(static_cast<std::uint64_t>(micros + 0.5));
}

}  // namespace

void LatencySummary::Times::add(std::chrono::nanoseconds time) {
    std::int64_t const count = std::max<std::int64_t>(time.count(), 0);
    ns.add(count);
    sum_ns += static_cast<std::uint64_t>(count);
    longest_ns = std::max(longest_ns, static_cast<std::uint64_t>(count));
}

void LatencySummary::Times::merge(Times const& other) {
    ns.merge(other.ns);
    sum_ns += other.sum_ns;
    longest_ns = std::max(longest_ns, other.longest_ns);
}

void LatencySummary::Times::append_cells(std::vector<std::string>& row) const {
    auto const longest = static_cast<double>(longest_ns);
    row.emplace_back(bar);
    row.push_back(micros_of(static_cast<double>(sum_ns) / static_cast<double>(ns.count())));
    for (double const share : {0.5, 0.9, 0.99})  // the middle of the last bin may lie above all that is in it
        row.push_back(micros_of(std::min(ns.percentile(share), longest)));
    row.push_back(micros_of(longest));
}

std::uint64_t LatencySummary::OfOperation::requests() const {
    return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

void LatencySummary::OfOperation::merge(OfOperation const& other) {
    std::transform(outcomes.begin(), outcomes.end(), other.outcomes.begin(), outcomes.begin(), std::plus<>());
    latency.merge(other.latency);
    work.merge(other.work);
}

std::vector<std::string> LatencySummary::OfOperation::row(std::string_view name) const {
    std::uint64_t const errors = requests() - outcomes[static_cast<std::size_t>(request::Outcome::answered)];
    std::vector<std::string> cells{std::string(name), with_separators(requests()), with_separators(errors)};
    latency.append_cells(cells);
    work.append_cells(cells);
    return cells;
}

void LatencySummary::add(request::Answered const& answered) {
    OfOperation& mine = operations_[kind_of(answered.operation)];
    ++mine.outcomes[static_cast<std::size_t>(answered.outcome)];
    mine.latency.add(answered.cost.queue + answered.cost.work);
    mine.work.add(answered.cost.work);
}

std::string LatencySummary::text(std::chrono::nanoseconds elapsed) const {
    std::vector<std::vector<std::string>> rows{{"op", "requests", "errors", std::string(bar), "mean", "p50", "p90",
                                                "p99", "max", std::string(bar), "mean", "p50", "p90", "p99", "max"}};
    OfOperation all;
    for (std::size_t kind = 0; kind < operation_kinds; ++kind) {
        if (operations_[kind].requests() == 0) continue;
        rows.push_back(operations_[kind].row(name_of_kind(kind)));
        all.merge(operations_[kind]);
    }
    double const seconds = std::chrono::duration<double>(elapsed).count();
    std::string text = fmt::format("{} requests in {:.3f} s", with_separators(all.requests()), seconds);
    if (all.requests() == 0) return text + '\n';
    if (seconds > 0)
        text += fmt::format(": {} requests/s",
                            with_separators(static_cast<std::uint64_t>(static_cast<double>(all.requests()) / seconds)));
    text += '\n';
    rows.push_back(all.row("all"));
    std::string const table = align_columns(rows, 1);
    text += captions_over(table, bar, {"latency, us", "work, us"}) + table;
    std::string errors;
    for (std::size_t i = 1; i < request::outcome_count; ++i)
        if (all.outcomes[i] > 0)
            errors += fmt::format("{} {} {}", errors.empty() ? "errors:" : ",",
                                  request::name_of(static_cast<request::Outcome>(i)), with_separators(all.outcomes[i]));
    return errors.empty() ? text : text + errors + '\n';
}

}  // namespace tessera::report
