#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace tessera::ingest {

/// The same field of some lines, one below the other: how each begins, as words (the first character is the lowest
/// byte), and its length. One instruction works on several lines at once: whatever differs from row to row, where a
/// point is or how many digits there are, is shifted and masked, not branched on.
struct FieldColumn {
    static constexpr std::size_t most_lines = 64;
    /// Characters of a field that the words hold.
    static constexpr std::size_t most_bytes = 24;
    using Words = std::array<std::uint64_t, most_lines>;

    alignas(64) Words first{};
    alignas(64) Words second{};
    alignas(64) Words third{};
    alignas(64) Words length{};
};

/// What was read of a column.
using ValueColumn = std::array<std::int64_t, FieldColumn::most_lines>;

// Where a field is of none of the forms that a reader knows, `unusual` is made other than 0, and the value is anything.
// Lanes behind the last line hold anything, too.

/// Local. Numbers as parse_decimal reads them, for the forms that files are full of: an optional minus, at most 6 whole
/// digits (3 of an angle), perhaps a point and any digits behind it. Angles that 32 bits cannot hold become the
/// largest. Needs: what follows a field is neither digit nor point.
void read_hundredths(FieldColumn const& fields, std::size_t lines, ValueColumn& values, FieldColumn::Words& unusual);
void read_angles(FieldColumn const& fields, std::size_t lines, ValueColumn& values, FieldColumn::Words& unusual);

/// Local. As parse_timestamp, for "YYYY-MM-DD HH:MM:SS", or with a T, of the years 2000 to 2099.
void read_times(FieldColumn const& fields, std::size_t lines, ValueColumn& values, FieldColumn::Words& unusual);

}  // namespace tessera::ingest
