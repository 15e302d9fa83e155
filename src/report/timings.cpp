#include "tessera/report/timings.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;
constexpr std::string_view bar = "|";

Row row_of(std::string stage, std::string collective, Spread const& seconds, SentRow const& sent) {
    return {std::move(stage),
            std::move(collective),
            fmt::format("{:.3f}", seconds.max),
            with_separators(sent.calls),
            std::string(bar),
            with_separators(sent.messages),
            with_separators(sent.bytes),
            std::string(bar),
            with_separators(sent.most_messages),
            with_separators(sent.most_bytes)};
}

std::string batches_text(StageTiming const& stage) {
    auto const mean = [&](std::uint64_t sum) { return static_cast<double>(sum) / static_cast<double>(stage.batches); };
    return fmt::format("{}: {} batches, {} questions; a batch takes {:.2f} messages, {:.1f} bytes\n", stage.name,
                       with_separators(stage.batches), with_separators(stage.questions), mean(stage.batch_messages),
                       mean(stage.batch_bytes));
}

Json json_of(Spread const& seconds) {
    return {{"max", seconds.max}, {"mean", seconds.mean}, {"min", seconds.min}};
}

Json json_of(SentRow const& sent, char const* what, std::string const& name, Spread const& seconds) {
    return {{what, name},
            {"seconds", json_of(seconds)},
            {"calls", sent.calls},
            {"messages", sent.messages},
            {"bytes", sent.bytes},
            {"most_messages", sent.most_messages},
            {"most_bytes", sent.most_bytes}};
}

}  // namespace

std::string timings_table(std::vector<StageTiming> const& stages) {
    std::vector<Row> rows{{"stage", "collective", "seconds", "calls", std::string(bar), "messages", "bytes",
                           std::string(bar), "messages", "bytes"}};
    std::string batches;
    for (StageTiming const& stage : stages) {
        rows.push_back(row_of(stage.name, "", stage.seconds, stage.all));
        for (SentRow const& sent : stage.by_kind)
            rows.push_back(row_of("", sent.name, sent.seconds, sent));
        if (stage.batches > 0) batches += batches_text(stage);
    }
    std::string const table = align_columns(rows, 2);
    return captions_over(table, bar, {"sent by all", "most by one"}) + table + batches;
}

std::string timings_json(TimedRun const& run) {
    Json stages = Json::array();
    for (StageTiming const& stage : run.stages) {
        Json kinds = Json::array();
        for (SentRow const& sent : stage.by_kind)
            kinds.push_back(json_of(sent, "collective", sent.name, sent.seconds));
        Json entry = json_of(stage.all, "stage", stage.name, stage.seconds);
        if (stage.batches > 0) {
            entry["batches"] = stage.batches;
            entry["questions"] = stage.questions;
        }
        entry["collectives"] = kinds;
        if (!stage.parts.empty()) {
            for (StagePart const& part : stage.parts)
                entry["parts"].push_back({{"part", part.name}, {"seconds", json_of(part.seconds)}});
        }
        stages.push_back(entry);
    }
    Json all{{"program", run.program}, {"command", run.command}};
    if (run.input_bytes > 0) {
        all["trips"] = run.trips;
        all["input_bytes"] = run.input_bytes;
    }
    all.update(Json{{"ranks", run.ranks},
                    {"hosts", run.hosts},
                    {"threads", run.threads},
                    {"started_at", run.started_at},
                    {"start_up_seconds", json_of(run.start_up)},
                    {"stages", stages}});
    return all.dump(2) + "\n";
}

}  // namespace tessera::report
