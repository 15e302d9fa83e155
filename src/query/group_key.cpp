#include "tessera/query/group_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "key_layout.hpp"
#include "tessera/core/error.hpp"
#include "word_list.hpp"

namespace tessera::query {
namespace {

using core::Column;
using core::ColumnSet;

struct KindText {
    std::string_view name;
    unsigned bits;  ///< of a digit; of a tile key, those it takes on top of two a level
    ColumnSet columns;
};

/// In the order of KeyKind.
constexpr std::array kinds{
    KindText{"source", 2, {Column::source}},
    KindText{"vendor", 8, {Column::vendor}},
    KindText{"passengers", 8, {Column::passengers}},
    KindText{"payment", 8, {Column::payment}},
    KindText{"rate", 8, {Column::rate}},
    KindText{"year", 8, {Column::pickup_time}},
    KindText{"month", 4, {Column::pickup_time}},
    KindText{"day", 5, {Column::pickup_time}},
    KindText{"hour", 5, {Column::pickup_time}},
    KindText{"weekday", 3, {Column::pickup_time}},
    KindText{"hour_of_week", 8, {Column::pickup_time}},
    KindText{"distance_mile", mile_bits, {Column::distance}},
    KindText{"pickup_tile", 0, {Column::pickup_lon, Column::pickup_lat}},
    KindText{"dropoff_tile", 1, {Column::dropoff_lon, Column::dropoff_lat}},
};

KindText const& text_of(KeyKind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

bool is_tile(KeyKind kind) {
    return kind == KeyKind::pickup_tile || kind == KeyKind::dropoff_tile;
}

[[noreturn]] void refuse(std::string_view word, std::string_view problem) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        names.push_back(std::string(kinds[i].name) + (is_tile(static_cast<KeyKind>(i)) ? ":LEVEL" : ""));
    throw core::UsageError(fmt::format("key '{}' {}; the keys are {} (LEVEL from 0 to {})", word, problem,
                                       list_words(names), geo::deepest_level));
}

KeyKind parse_kind(std::string_view word, std::string_view name) {
    auto const found =
        std::find_if(kinds.begin(), kinds.end(), [&](KindText const& kind) { return kind.name == name; });
    if (found == kinds.end()) refuse(word, "does not exist");
    return static_cast<KeyKind>(found - kinds.begin());
}

unsigned parse_level(std::string_view word, std::string_view text) {
    unsigned level = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
    bool const whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || level > geo::deepest_level) refuse(word, "has a level that does not exist");
    return level;
}

Key parse_key(std::string_view word) {
    std::size_t const colon = word.find(':');
    Key key{parse_kind(word, word.substr(0, colon))};
    bool const has_level = colon != std::string_view::npos;
    if (has_level && !is_tile(key.kind)) refuse(word, "takes no level");
    if (!has_level && is_tile(key.kind)) refuse(word, "needs a level");
    if (has_level) key.level = parse_level(word, word.substr(colon + 1));
    return key;
}

}  // namespace

std::vector<Key> parse_keys(std::string_view text) {
    std::vector<Key> keys;
    for_each_word(text, [&](std::string_view word) {
        Key const key = parse_key(word);
        // Two levels of the same end count as twice, too: the deeper one says all that the other does.
        bool const twice = std::any_of(keys.begin(), keys.end(), [&](Key other) { return other.kind == key.kind; });
        if (twice) refuse(word, "is given twice");
        keys.push_back(key);
    });
    return keys;
}

std::string name_of(Key key) {
    std::string_view const name = text_of(key.kind).name;
    return is_tile(key.kind) ? fmt::format("{}:{}", name, key.level) : std::string(name);
}

ColumnSet columns_of(Key key) {
    return text_of(key.kind).columns;
}

unsigned bits_of(Key key) {
    return text_of(key.kind).bits + (is_tile(key.kind) ? 2 * key.level : 0);
}

unsigned bits_of(std::vector<Key> const& keys) {
    unsigned bits = 0;
    for (Key const key : keys)
        bits += bits_of(key);
    if (bits > 64 * GroupKey{}.size()) throw core::UsageError("too many keys; give each key once");
    return bits;
}

std::vector<std::optional<std::int64_t>> unpack(GroupKey const& packed, std::vector<Key> const& keys) {
    std::vector<std::optional<std::int64_t>> values;
    GroupKey rest = packed;
    for (Key const key : keys) {
        unsigned const bits = bits_of(key);
        std::uint64_t const digit = bits == 0 ? 0 : rest[0] >> (64 - bits);
        rest = shift_up(rest, bits);
        bool const unknown = may_be_unknown(key.kind) && digit == all_ones(bits);
        auto const value = static_cast<std::int64_t>(digit) + least_value(key.kind);
        values.push_back(unknown ? std::nullopt : std::optional(value));
    }
    return values;
}

}  // namespace tessera::query
