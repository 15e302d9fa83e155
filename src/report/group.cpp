#include "tessera/report/group.hpp"

#include <fmt/format.h>

#include "tessera/core/codes.hpp"
#include "tessera/core/error.hpp"
#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"

namespace tessera::report {
namespace {

std::string_view source_word(std::int64_t value) {
    for (core::Source const source : core::all_sources)
        if (static_cast<std::int64_t>(source) == value) return core::name_of(source);
    throw core::DataError(fmt::format("there is no source {} (the store is damaged); ingest again", value));
}

Cell key_cell(query::Key key, std::optional<std::int64_t> value) {
    Cell cell;
    if (!value) return cell;
    if (key.kind == query::KeyKind::source) return {std::string(source_word(*value)), true};
    append_integer(cell.text, *value);
    return cell;
}

Cell measure_cell(query::Measure measure, query::Value const& value) {
    Cell cell;
    if (!value.known) return cell;
    bool const hundredths = measure.statistic != query::Statistic::trips && query::units_per_one(measure.field) == 100;
    if (!value.whole)
        append_rounded(cell.text, value.real, 6);
    else if (hundredths)
        append_hundredths(cell.text, value.integer);
    else
        append_integer(cell.text, value.integer);
    return cell;
}

}  // namespace

std::vector<std::string> header_of(query::AggregateQuestion const& question) {
    std::vector<std::string> names;
    for (query::Key const key : question.keys)
        names.push_back(query::name_of(key));
    for (query::Measure const measure : question.measures)
        names.push_back(query::name_of(measure));
    return names;
}

std::vector<Cell> cells_of(query::Group const& group, query::AggregateQuestion const& question) {
    std::vector<Cell> cells;
    cells.reserve(question.keys.size() + question.measures.size());
    auto const keys = query::unpack(group.key, question.keys);
    for (std::size_t i = 0; i < keys.size(); ++i)
        cells.push_back(key_cell(question.keys[i], keys[i]));
    for (query::Measure const measure : question.measures)
        cells.push_back(measure_cell(measure, query::value_of(group, measure, question)));
    return cells;
}

void append_cell_json(std::string& text, Cell const& cell) {
    if (cell.word) text += '"';
    text += cell.text.empty() ? "null" : cell.text;
    if (cell.word) text += '"';
}

std::string columns_json(query::AggregateQuestion const& question) {
    std::string text = "[";
    for (std::string const& name : header_of(question)) {
        if (text.size() > 1) text += ',';
        text += quote_json(name);
    }
    return text += ']';
}

void append_group_json(std::string& text, query::Group const& group, query::AggregateQuestion const& question) {
    char separator = '[';
    for (Cell const& cell : cells_of(group, question)) {
        text += separator;
        append_cell_json(text, cell);
        separator = ',';
    }
    text += ']';
}

}  // namespace tessera::report
