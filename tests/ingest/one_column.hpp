#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tessera/ingest/digits.hpp"
#include "tessera/ingest/field_column.hpp"

namespace tessera::ingest::testing {

/// Some fields as a column, as long as it takes, with the same text behind each.
class OneColumn {
  public:
    using Read = void(FieldColumn const&, std::size_t, ValueColumn&, FieldColumn::Words&);
    OneColumn(std::vector<std::string> const& fields, std::string const& behind, Read* by) {
        for (std::size_t first = 0; first < fields.size(); first += FieldColumn::most_lines) {
            std::size_t const lines = std::min(fields.size() - first, FieldColumn::most_lines);
            FieldColumn column;
            for (std::size_t i = 0; i < lines; ++i) {
                std::string const text =
                    fields[first + i] + behind + "-.5,7" + std::string(FieldColumn::most_bytes, '7');
                column.first[i] = load_word(text.data());
                column.second[i] = load_word(text.data() + 8);
                column.third[i] = load_word(text.data() + 16);
                column.length[i] = fields[first + i].size();
            }
            ValueColumn values{};
            FieldColumn::Words unusual{};
            by(column, lines, values, unusual);
            for (std::size_t i = 0; i < lines; ++i)
                read_.push_back(unusual[i] != 0 ? std::nullopt : std::optional(values[i]));
        }
    }
    /// What a field's value is; nothing where it is unusual.
    std::optional<std::int64_t> read(std::size_t field) const { return read_[field]; }

  private:
    std::vector<std::optional<std::int64_t>> read_;
};

}  // namespace tessera::ingest::testing
