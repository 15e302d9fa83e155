#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/core/codes.hpp"
#include "tessera/core/columns.hpp"

namespace tessera::ingest {

/// What a column of an input file can mean: one of the trip's own columns. The first `field_count` of them can be read;
/// the rest (source, file, line) follow from the file.
using Field = core::Column;
inline constexpr std::size_t field_count = 15;
static_assert(static_cast<std::size_t>(core::Column::source) == field_count);

/// Where a file keeps each field: found by the names in its header, never by position.
struct Binding {
    static constexpr int absent = -1;
    core::Source source = core::Source::yellow;
    std::array<int, field_count> column{};  ///< index of the file's column, or `absent`
    std::size_t columns = 0;                ///< columns up to the last one that is bound: what a row must have

    int column_of(Field field) const { return column[static_cast<std::size_t>(field)]; }
    bool has(Field field) const { return column_of(field) != absent; }
};

/// Local. Binds a header line (without its line end), which is line `line` of the file. `wanted` forces a format;
/// otherwise the header's names decide. Throws core::DataError that says which formats were tried and which columns
/// each of them misses.
Binding bind_header(std::string_view header, std::optional<core::Source> wanted, std::string const& file_name,
                    std::uint64_t line = 1);

}  // namespace tessera::ingest
