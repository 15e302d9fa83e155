#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/core/columns.hpp"

namespace tessera::query {

/// What one can group by.
enum class KeyKind : std::uint8_t {
    source,
    vendor,
    passengers,
    payment,
    rate,
    year,           ///< 2014
    month,          ///< 1 to 12
    day,            ///< of the month, 1 to 31
    hour,           ///< 0 to 23
    weekday,        ///< ISO: 1 is Monday
    hour_of_week,   ///< 0 is Monday 00:00 to 00:59, 167 the last of Sunday
    distance_mile,  ///< the distance rounded to whole miles, half away from zero
    pickup_tile,    ///< place on the Hilbert curve of the cell of `level`
    dropoff_tile
};

struct Key {
    KeyKind kind;
    unsigned level = 0;  ///< of a tile key: 0 to geo::deepest_level
    friend bool operator==(Key const&, Key const&) = default;
};

/// Local. The keys of "hour,weekday" or "pickup_tile:14". Throws core::UsageError with the list of what there is.
std::vector<Key> parse_keys(std::string_view text);
/// Local. The key's name as in a header: "hour", "pickup_tile:14".
std::string name_of(Key key);
/// Local. The columns that the key reads.
core::ColumnSet columns_of(Key key);

/// The values of all keys of one group, packed from the top bits down in the order of the keys, each offset so that
/// unsigned order is the order of values and unknown is last: group keys compare as one compares their rows.
using GroupKey = std::array<std::uint64_t, 3>;

/// Local. Bits that a key takes of a GroupKey. All keys together, at their deepest, take fewer than 192.
unsigned bits_of(Key key);
/// Local. The values of a packed key, one per key; nothing where unknown.
std::vector<std::optional<std::int64_t>> unpack(GroupKey const& packed, std::vector<Key> const& keys);

}  // namespace tessera::query
