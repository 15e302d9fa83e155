#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace tessera::core {

/// The columns of a trip, in the order in which the store lists them.
enum class Column : std::uint8_t {
    pickup_time,
    dropoff_time,
    pickup_lon,
    pickup_lat,
    dropoff_lon,
    dropoff_lat,
    distance,
    fare,
    tip,
    tolls,
    total,
    passengers,
    payment,
    rate,
    vendor,
    source,
    file,
    line
};
inline constexpr std::size_t column_count = 18;

/// What a reader of the store is told about a column (CF conventions).
struct ColumnText {
    std::string_view name;
    std::string_view long_name;
    std::string_view units;  ///< of the value after `scale_factor`; empty for codes
    double scale_factor;     ///< 1 when the stored integer is the value
    bool has_unknown;        ///< whether the type's unknown value can occur, and so is the `_FillValue`
};

/// Local. Name, units and scale of a column.
ColumnText const& text_of(Column column);

/// A set of columns: what a question needs to read, and nothing more.
class ColumnSet {
  public:
    constexpr ColumnSet() = default;
    constexpr ColumnSet(std::initializer_list<Column> columns) {
        for (Column const column : columns)
            add(column);
    }
    static constexpr ColumnSet all() {
        ColumnSet set;
        set.bits_ = (std::uint32_t{1} << column_count) - 1;
        return set;
    }
    constexpr void add(Column column) { bits_ |= bit(column); }
    constexpr void add(ColumnSet other) { bits_ |= other.bits_; }
    constexpr bool has(Column column) const { return (bits_ & bit(column)) != 0; }
    friend constexpr bool operator==(ColumnSet, ColumnSet) = default;

  private:
    static constexpr std::uint32_t bit(Column column) { return std::uint32_t{1} << static_cast<unsigned>(column); }
    std::uint32_t bits_ = 0;
};

}  // namespace tessera::core
