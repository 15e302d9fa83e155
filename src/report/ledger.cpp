#include "tessera/report/ledger.hpp"

#include <nlohmann/json.hpp>
#include <numeric>
#include <string_view>
#include <vector>

#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

using Row = std::vector<std::string>;
constexpr std::size_t longest_name = 48;
constexpr std::size_t left_columns = 2;  // file and format
constexpr std::string_view bar = "|";

/// Adds a column's title to the two lines of the head: "no_pickup" stands as "no" over "pickup".
void add_title(Row& upper, Row& lower, std::string_view name) {
    std::size_t const split = name.find('_');
    bool const two = split != std::string_view::npos;
    upper.emplace_back(two ? name.substr(0, split) : "");
    lower.emplace_back(two ? name.substr(split + 1) : name);
}

Row counts_row(std::string_view name, std::string_view format, core::LedgerCounts const& counts) {
    Row row{elide_middle(name, longest_name), std::string(format)};
    for (std::uint64_t const count : {counts.lines, counts.header, counts.blank, counts.kept})
        row.push_back(with_separators(count));
    row.emplace_back(bar);
    for (std::uint64_t const count : counts.rejected)
        row.push_back(with_separators(count));
    row.emplace_back(bar);
    for (std::uint64_t const count : counts.odd)
        row.push_back(with_separators(count));
    return row;
}

nlohmann::ordered_json counts_json(core::LedgerCounts const& counts) {
    nlohmann::ordered_json object{
        {"lines", counts.lines}, {"header", counts.header}, {"blank", counts.blank}, {"kept", counts.kept}};
    for (std::size_t i = 0; i < counts.rejected.size(); ++i)
        object["rejected"][std::string(core::reject_names[i])] = counts.rejected[i];
    for (std::size_t i = 0; i < counts.odd.size(); ++i)
        object["odd"][std::string(core::oddity_names[i])] = counts.odd[i];
    return object;
}

}  // namespace

std::string ledger_table(core::Ledger const& ledger) {
    Row upper{"", ""}, lower{"file", "format"};
    for (std::string_view const name : {"lines", "header", "blank", "kept"})
        add_title(upper, lower, name);
    upper.emplace_back(bar), lower.emplace_back(bar);
    for (std::string_view const name : core::reject_names)
        add_title(upper, lower, name);
    upper.emplace_back(bar), lower.emplace_back(bar);
    for (std::string_view const name : core::oddity_names)
        add_title(upper, lower, name);

    std::vector<Row> rows{upper, lower};
    for (core::FileLedger const& file : ledger)
        rows.push_back(counts_row(file.name, file.format, file.counts));
    if (ledger.size() != 1) rows.push_back(counts_row("total", "", core::total_of(ledger)));
    std::string const table = align_columns(rows, left_columns);
    return captions_over(table, bar, {"rejected", "kept, but odd"}) + table;
}

nlohmann::ordered_json ledger_json(core::Ledger const& ledger) {
    auto files = nlohmann::ordered_json::array();
    std::uint64_t bytes = 0;
    for (core::FileLedger const& file : ledger) {
        nlohmann::ordered_json object{{"name", file.name}, {"format", file.format}, {"bytes", file.bytes}};
        object.update(counts_json(file.counts));
        files.push_back(std::move(object));
        bytes += file.bytes;
    }
    nlohmann::ordered_json total{{"bytes", bytes}};
    total.update(counts_json(core::total_of(ledger)));
    return {{"files", std::move(files)}, {"total", std::move(total)}};
}

void write_ledger_json(std::ostream& out, core::Ledger const& ledger) {
    out << ledger_json(ledger).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

}  // namespace tessera::report
