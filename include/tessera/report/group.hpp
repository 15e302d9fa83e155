#pragma once
#include <string>
#include <vector>

#include "tessera/query/aggregate.hpp"

namespace tessera::report {

/// One value of a group as text.
struct Cell {
    std::string text;   ///< empty where the value is unknown
    bool word = false;  ///< to be quoted in JSON
};

/// Local. The names of the question's keys, then of its measures.
std::vector<std::string> header_of(query::AggregateQuestion const& question);

/// Local. A group's keys, then its measures, for these columns. The source is a word; whole values are exact decimals
/// (two for money and miles); others are rounded to six decimals, without trailing zeros. Throws core::DataError for a
/// source that no dictionary has.
std::vector<Cell> cells_of(query::Group const& group, query::AggregateQuestion const& question);

/// Local. A cell as JSON: a number, a string, or null.
void append_cell_json(std::string& text, Cell const& cell);

/// Local. `["hour","trips"]`.
std::string columns_json(query::AggregateQuestion const& question);

/// Local. `[23,1207]`: the cells of a group.
void append_group_json(std::string& text, query::Group const& group, query::AggregateQuestion const& question);

}  // namespace tessera::report
