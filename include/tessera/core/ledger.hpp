#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::core {

/// Why a row was rejected: the first rule that fires, in this order.
enum class Reject : std::uint8_t { malformed, no_pickup, outside_region, time_order, too_long };
inline constexpr std::array<std::string_view, 5> reject_names{"malformed", "no_pickup", "outside_region", "time_order",
                                                              "too_long"};

/// What is odd about a row that was kept.
enum class Oddity : std::uint8_t { unknown_dropoff, duplicate, negative_fare, zero_distance };
inline constexpr std::array<std::string_view, 4> oddity_names{"unknown_dropoff", "duplicate", "negative_fare",
                                                              "zero_distance"};

/// Counts of lines; it always adds up: lines = header + blank + kept + sum of rejected.
struct LedgerCounts {
    std::uint64_t lines = 0;
    std::uint64_t header = 0;
    std::uint64_t blank = 0;
    std::uint64_t kept = 0;
    std::array<std::uint64_t, reject_names.size()> rejected{};
    std::array<std::uint64_t, oddity_names.size()> odd{};

    void count(Reject reason) { ++rejected[static_cast<std::size_t>(reason)]; }
    void count(Oddity oddity) { ++odd[static_cast<std::size_t>(oddity)]; }
    std::uint64_t rejected_total() const;
    bool adds_up() const { return lines == header + blank + kept + rejected_total(); }
    LedgerCounts& operator+=(LedgerCounts const& other);
    friend bool operator==(LedgerCounts const&, LedgerCounts const&) = default;
};
/// A LedgerCounts is this many 64-bit numbers and nothing else, so that it can be summed over ranks.
inline constexpr std::size_t ledger_numbers = 4 + reject_names.size() + oddity_names.size();
static_assert(sizeof(LedgerCounts) == ledger_numbers * sizeof(std::uint64_t));

/// Local. Calls visit(name, get) for every count, in the order of the ledger's columns; get(counts) is a reference to
/// the count in a LedgerCounts, const or not.
template <class Visit>
void for_each_count(Visit&& visit) {
    visit(
        "lines", [](auto& counts) -> auto& { return counts.lines; });
    visit(
        "header", [](auto& counts) -> auto& { return counts.header; });
    visit(
        "blank", [](auto& counts) -> auto& { return counts.blank; });
    visit(
        "kept", [](auto& counts) -> auto& { return counts.kept; });
    for (std::size_t i = 0; i < reject_names.size(); ++i)
        visit(
            reject_names[i], [i](auto& counts) -> auto& { return counts.rejected[i]; });
    for (std::size_t i = 0; i < oddity_names.size(); ++i)
        visit(
            oddity_names[i], [i](auto& counts) -> auto& { return counts.odd[i]; });
}

/// What was read of one input file.
struct FileLedger {
    std::string name;    ///< as printed and stored: without its folder where that is enough to tell files apart
    std::string format;  ///< "yellow", "green" or "uber"
    std::uint64_t bytes = 0;
    LedgerCounts counts;
    friend bool operator==(FileLedger const&, FileLedger const&) = default;
};

/// One entry a file, in the order of FileId.
using Ledger = std::vector<FileLedger>;

/// Local. The sum over all files.
LedgerCounts total_of(Ledger const& ledger);

}  // namespace tessera::core
