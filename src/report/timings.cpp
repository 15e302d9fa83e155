#include "tessera/report/timings.hpp"

#include <fmt/format.h>

#include <string_view>

#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

using Row = std::vector<std::string>;
constexpr std::string_view bar = "|";

Row row_of(std::string stage, std::string collective, std::string seconds, SentRow const& sent) {
    return {std::move(stage),
            std::move(collective),
            std::move(seconds),
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

}  // namespace

std::string timings_table(std::vector<StageTiming> const& stages) {
    std::vector<Row> rows{{"stage", "collective", "seconds", "calls", std::string(bar), "messages", "bytes",
                           std::string(bar), "messages", "bytes"}};
    std::string batches;
    for (StageTiming const& stage : stages) {
        rows.push_back(row_of(stage.name, "", fmt::format("{:.3f}", stage.seconds), stage.all));
        for (SentRow const& sent : stage.by_kind)
            rows.push_back(row_of("", sent.name, "", sent));
        if (stage.batches > 0) batches += batches_text(stage);
    }
    std::string const table = align_columns(rows, 2);
    return captions_over(table, bar, {"sent by all", "most by one"}) + table + batches;
}

}  // namespace tessera::report
