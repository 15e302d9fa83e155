#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "tessera/core/ledger.hpp"
#include "tessera/core/trip.hpp"
#include "tessera/ingest/field_column.hpp"
#include "tessera/ingest/field_memo.hpp"
#include "tessera/ingest/header.hpp"
#include "tessera/ingest/line_index.hpp"

namespace tessera::ingest {

/// Lines of one text that are parsed together, column by column. Used again and again.
class LineGroup {
  public:
    explicit LineGroup(Binding const& binding);

    /// Whether a line can be one of a group. It has all columns that are bound; and needs: no quotes, and so many bytes
    /// of text behind it.
    static constexpr std::size_t padding = FieldColumn::most_bytes;
    bool suits(LineIndex::Line const& line) const { return line.fields >= binding_.columns; }

    void start(char const* text);
    void add(LineIndex::Line const& line) { lines_[size_++] = line; }
    std::size_t size() const { return size_; }
    bool is_full() const { return size_ == lines_.size(); }

    /// Local. Reads all fields.
    void read();

    /// Whether a line that was read holds what only RowParser knows how to take: what is malformed, and more.
    bool is_unusual(std::size_t line) const { return unusual_[line] != 0; }
    /// Local. The others' trips, as RowParser::parse gives them.
    std::optional<core::Reject> parse(std::size_t line, core::Trip& trip) const;

  private:
    std::string_view field(std::size_t column, std::size_t line) const;
    void gather(std::size_t column);
    template <class Fix>
    void fix_unusual(Field field, Fix&& fix);
    void read_time(Field field);
    void read_angle(Field field);
    void read_amount(Field field);
    template <class Read>
    void read_code(Field field, Read&& read);

    std::size_t column_of(Field field) const { return static_cast<std::size_t>(binding_.column_of(field)); }
    std::int64_t value(Field field, std::size_t line) const { return values_[static_cast<std::size_t>(field)][line]; }
    template <class Q>
    Q get(Field field, std::size_t line) const {
        return {static_cast<typename Q::Rep>(value(field, line))};
    }

    Binding binding_;
    char const* text_ = nullptr;
    std::array<LineIndex::Line, FieldColumn::most_lines> lines_{};
    std::size_t size_ = 0;
    FieldColumn gathered_;
    alignas(64) FieldColumn::Words odd_{};      ///< fields of the column that is being read
    alignas(64) FieldColumn::Words unusual_{};  ///< lines
    alignas(64) std::array<ValueColumn, field_count> values_{};
    std::array<FieldMemo, field_count> memos_{};
};

}  // namespace tessera::ingest
