#include "tessera/report/size.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tessera/core/row_limit.hpp"
#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view bar = "|";

std::string seconds(double value) {
    return value >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
}

std::string bytes_text(double bytes) {
    for (auto const& [unit, name] : {std::pair{1e15, "PB"}, {1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}})
        if (bytes >= unit)
            return fmt::format("{:.{}f} {}", bytes / unit, bytes < 10 * unit ? 2 : bytes < 100 * unit ? 1 : 0, name);
    return fmt::format("{:.0f} B", bytes);
}

std::vector<std::string> row_of(SizeRow const& row) {
    return {with_separators(static_cast<std::uint64_t>(row.cluster.ranks)),
            with_separators(static_cast<std::uint64_t>(row.cluster.hosts)),
            std::string(bar),
            seconds(row.ingest.start_s),
            seconds(row.ingest.read_s),
            seconds(row.ingest.tile_s),
            seconds(row.ingest.exchange_s),
            seconds(row.ingest.write_s),
            seconds(row.ingest.total_s()),
            bytes_text(row.ingest.memory_bytes_a_rank),
            bytes_text(row.ingest.bytes_a_pair),
            std::string(bar),
            seconds(row.answer.load_s),
            bytes_text(row.answer.memory_bytes_a_rank),
            with_separators(static_cast<std::uint64_t>(row.answer.requests_a_s)),
            fmt::format("{:.0f}", row.answer.alone_s * 1e6)};
}

/// What the table does not say: where the numbers are of no use, since the program refuses such a share.
std::string note_of_refusals(std::vector<SizeRow> const& rows) {
    std::string ranks;
    for (SizeRow const& row : rows)
        if (row.ingest.too_many_trips())
            ranks += (ranks.empty() ? "" : ", ") + with_separators(static_cast<std::uint64_t>(row.cluster.ranks));
    if (ranks.empty()) return "";
    return fmt::format("refused: {} trips or more on one rank, as on {}; start more ranks\n",
                       with_separators(core::most_rows_of_a_rank + 1), ranks);
}

}  // namespace

std::string size_table(std::vector<SizeRow> const& rows) {
    std::vector<std::vector<std::string>> cells{{"ranks", "hosts", std::string(bar), "start", "read", "tile",
                                                 "exchange", "write", "total", "memory/rank", "bytes/pair",
                                                 std::string(bar), "load", "memory/rank", "requests/s", "alone, us"}};
    for (SizeRow const& row : rows)
        cells.push_back(row_of(row));
    std::string const table = align_columns(cells, 0);
    return captions_over(table, bar, {"ingest, seconds", "answer"}) + table + note_of_refusals(rows);
}

std::string size_json(sizing::Work const& work, std::vector<SizeRow> const& rows) {
    Json list = Json::array();
    for (SizeRow const& row : rows)
        list.push_back({{"ranks", row.cluster.ranks},
                        {"threads", row.cluster.threads},
                        {"hosts", row.cluster.hosts},
                        {"refused", row.ingest.too_many_trips()},
                        {"ingest",
                         {{"start_seconds", row.ingest.start_s},
                          {"read_seconds", row.ingest.read_s},
                          {"tile_seconds", row.ingest.tile_s},
                          {"exchange_seconds", row.ingest.exchange_s},
                          {"write_seconds", row.ingest.write_s},
                          {"total_seconds", row.ingest.total_s()},
                          {"memory_bytes_a_rank", row.ingest.memory_bytes_a_rank},
                          {"store_bytes", row.ingest.store_bytes},
                          {"exchange_messages", row.ingest.messages},
                          {"exchange_bytes_a_pair", row.ingest.bytes_a_pair},
                          {"exchange_bytes_between_hosts", row.ingest.bytes_between_hosts}}},
                        {"answer",
                         {{"load_seconds", row.answer.load_s},
                          {"memory_bytes_a_rank", row.answer.memory_bytes_a_rank},
                          {"batch_seconds", row.answer.batch_s},
                          {"requests_a_second", row.answer.requests_a_s},
                          {"alone_seconds", row.answer.alone_s},
                          {"messages_a_batch", row.answer.messages_a_batch}}}});
    return Json{{"trips", work.trips}, {"csv_bytes_a_trip", work.csv_bytes_a_trip}, {"predictions", list}}.dump(2) +
           "\n";
}

}  // namespace tessera::report
