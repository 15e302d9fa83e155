#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tessera::core {

/// Who published a trip. The numbers follow the alphabet, so that order by code and order by name are the same.
enum class Source : std::uint8_t { green = 1, uber = 2, yellow = 3 };

inline constexpr std::array all_sources{Source::green, Source::uber, Source::yellow};

/// Local. "green", "uber" or "yellow". Throws core::DataError for a code that is none, as a damaged store may hold.
std::string_view name_of(Source source);
/// Local. The source of that name; nothing when there is none.
std::optional<Source> find_source(std::string_view name);

/// One code and what it means, for the store's `flag_values` and `flag_meanings`.
struct CodeMeaning {
    std::uint8_t code;
    std::string_view meaning;
};

/// Local. The commission's present dictionaries; in each, 0 is "not given".
std::span<CodeMeaning const> payment_codes();
std::span<CodeMeaning const> rate_codes();
std::span<CodeMeaning const> vendor_codes();
std::span<CodeMeaning const> source_codes();

/// Vendors 10 to 14 are the five Uber bases of 2014 in the order of their numbers; 15 is any other base.
inline constexpr std::uint8_t first_uber_vendor = 10;
inline constexpr std::uint8_t other_uber_vendor = 15;
inline constexpr std::array<std::string_view, 5> uber_bases{"B02512", "B02598", "B02617", "B02682", "B02764"};

}  // namespace tessera::core
