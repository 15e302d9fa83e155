#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "tessera/core/error.hpp"
#include "tessera/query/aggregate.hpp"
#include "word_list.hpp"

namespace tessera::query {
namespace {

using core::Column;

/// In the order of Statistic.
constexpr std::array<std::string_view, 8> statistic_names{"trips", "sum", "mean", "min", "max", "p50", "p90", "p99"};
/// In the order of Field.
constexpr std::array<std::string_view, 7> field_names{"fare",     "tip",      "tolls",     "total",
                                                      "distance", "duration", "passengers"};
constexpr std::array<core::ColumnSet, 7> field_columns{{{Column::fare},
                                                        {Column::tip},
                                                        {Column::tolls},
                                                        {Column::total},
                                                        {Column::distance},
                                                        {Column::pickup_time, Column::dropoff_time},
                                                        {Column::passengers}}};

template <std::size_t n>
std::size_t place_of(std::string_view name, std::array<std::string_view, n> const& names) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

[[noreturn]] void refuse(std::string_view word, std::string_view problem) {
    throw core::UsageError(fmt::format(
        "measure '{}' {}; a measure is trips or STATISTIC:FIELD, as in mean:fare (statistics: {}; fields: {})", word,
        problem, list_words(std::span(statistic_names).subspan(1)), list_words(field_names)));
}

Measure parse_measure(std::string_view word) {
    std::size_t const colon = word.find(':');
    std::size_t const statistic = place_of(word.substr(0, colon), statistic_names);
    if (statistic == statistic_names.size()) refuse(word, "does not exist");
    Measure measure{static_cast<Statistic>(statistic)};
    bool const has_field = colon != std::string_view::npos;
    bool const needs_field = measure.statistic != Statistic::trips;
    if (has_field && !needs_field) refuse(word, "takes no field");
    if (!has_field && needs_field) refuse(word, "needs a field");
    if (!needs_field) return measure;
    std::size_t const field = place_of(word.substr(colon + 1), field_names);
    if (field == field_names.size()) refuse(word, "is of a field that does not exist");
    measure.field = static_cast<Field>(field);
    return measure;
}

Value whole(std::int64_t integer) {
    return {.known = true, .whole = true, .integer = integer};
}

/// The share of trips that lie at or below a percentile.
double share_of(Statistic statistic) {
    if (statistic == Statistic::p50) return 0.5;
    return statistic == Statistic::p90 ? 0.9 : 0.99;
}

}  // namespace

std::vector<Measure> parse_measures(std::string_view text) {
    std::vector<Measure> measures;
    for_each_word(text, [&](std::string_view word) {
        Measure const measure = parse_measure(word);
        if (std::find(measures.begin(), measures.end(), measure) != measures.end()) refuse(word, "is given twice");
        measures.push_back(measure);
    });
    return measures;
}

std::string name_of(Measure measure) {
    std::string_view const statistic = statistic_names[static_cast<std::size_t>(measure.statistic)];
    if (measure.statistic == Statistic::trips) return std::string(statistic);
    return fmt::format("{}_{}", statistic, field_names[static_cast<std::size_t>(measure.field)]);
}

int units_per_one(Field field) {
    return field == Field::duration || field == Field::passengers ? 1 : 100;
}

bool is_percentile(Statistic statistic) {
    return statistic >= Statistic::p50;
}

core::ColumnSet columns_of(AggregateQuestion const& question) {
    core::ColumnSet columns = columns_of(question.filter);
    for (Key const key : question.keys)
        columns.add(columns_of(key));
    for (Field const field : fields_of(question))
        columns.add(field_columns[static_cast<std::size_t>(field)]);
    return columns;
}

std::vector<Field> fields_of(AggregateQuestion const& question) {
    std::vector<Field> fields;
    for (Measure const measure : question.measures) {
        bool const is_new = std::find(fields.begin(), fields.end(), measure.field) == fields.end();
        if (measure.statistic != Statistic::trips && is_new) fields.push_back(measure.field);
    }
    return fields;
}

Value value_of(Group const& group, Measure measure, AggregateQuestion const& question) {
    if (measure.statistic == Statistic::trips) return whole(static_cast<std::int64_t>(group.trips));
    auto const fields = fields_of(question);
    auto const place = std::find(fields.begin(), fields.end(), measure.field) - fields.begin();
    Totals const& totals = group.totals[static_cast<std::size_t>(place)];
    if (measure.statistic == Statistic::sum) return whole(totals.sum);
    if (totals.known == 0) return {};
    double const units = units_per_one(measure.field);
    switch (measure.statistic) {
        case Statistic::min:
            return whole(totals.min);
        case Statistic::max:
            return whole(totals.max);
        case Statistic::mean:
            return {.known = true, .real = static_cast<double>(totals.sum) / static_cast<double>(totals.known) / units};
        default: {
            // A bin's middle may lie beyond the least or the largest value, which are known exactly.
            double const middle = totals.sketch.percentile(share_of(measure.statistic));
            double const least = static_cast<double>(totals.min), largest = static_cast<double>(totals.max);
            return {.known = true, .real = std::clamp(middle, least, largest) / units};
        }
    }
}

}  // namespace tessera::query
