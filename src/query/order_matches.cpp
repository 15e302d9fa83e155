#include "order_matches.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// So many are put in order by comparing each with all others: without a branch, and sixteen at a time.
constexpr std::size_t few = 128;
constexpr std::size_t keys_a_step = 16;

/// How many of the first n keys are less than each of them.
TESSERA_WIDE void rank_keys(std::int32_t const* keys, std::size_t n, std::int32_t* __restrict ranks) {
    for (std::size_t first = 0; first < n; first += keys_a_step) {
        std::array<std::int32_t, keys_a_step> less{};
        for (std::size_t other = 0; other < n; ++other)
            for (std::size_t i = 0; i < keys_a_step; ++i)
                less[i] += keys[other] < keys[first + i] ? 1 : 0;
        for (std::size_t i = 0; i < keys_a_step; ++i)
            ranks[first + i] = less[i];
    }
}

using Places = PerRow<std::uint16_t>;

/// Writes the places of some times in their order. Shape: n <= few; they span fewer than 2^24 seconds.
void order_few(core::WallTime const* times, std::size_t n, std::uint32_t first_second, Places& order) {
    alignas(64) std::array<std::int32_t, few> keys, ranks;
    std::size_t const padded = (n + keys_a_step - 1) / keys_a_step * keys_a_step;
    for (std::size_t i = 0; i < n; ++i)
        keys[i] = static_cast<std::int32_t>((times[i].count - first_second) * few + i);  // no two are the same
    std::fill(keys.begin() + static_cast<std::ptrdiff_t>(n), keys.begin() + static_cast<std::ptrdiff_t>(padded), 0);
    rank_keys(keys.data(), n, ranks.data());
    for (std::size_t i = 0; i < n; ++i)
        order[static_cast<std::size_t>(ranks[i])] = static_cast<std::uint16_t>(i);
}

void order_many(core::WallTime const* times, std::size_t n, Places& order) {
    PerRow<std::uint64_t> keys;
    for (std::size_t i = 0; i < n; ++i)
        keys[i] = std::uint64_t{times[i].count} * block_rows + i;
    std::sort(keys.begin(), keys.begin() + n);
    for (std::size_t i = 0; i < n; ++i)
        order[i] = static_cast<std::uint16_t>(keys[i] % block_rows);
}

void order_by_time(core::WallTime const* times, std::size_t n, Places& order) {
    constexpr std::uint32_t most_seconds = std::numeric_limits<std::int32_t>::max() / few;
    std::uint32_t first = times[0].count, last = first;
    for (std::size_t i = 1; i < n; ++i) {
        first = std::min(first, times[i].count);
        last = std::max(last, times[i].count);
    }
    if (n <= few && last - first < most_seconds)
        order_few(times, n, first, order);
    else
        order_many(times, n, order);
}

/// Puts the trips of the same second in order.
void break_ties(std::vector<Match>& matches) {
    for (auto first = matches.begin(), last = first; first != matches.end(); first = last) {
        do
            ++last;
        while (last != matches.end() && last->pickup_time == first->pickup_time);
        if (last - first > 1) std::sort(first, last);
    }
}

}  // namespace

std::vector<Match> order_matches(core::TripTable const& trips, PickedPlaces const& picked, std::uint64_t store_row,
                                 std::uint64_t limit) {
    if (picked.count == 0) return {};
    Places order;
    order_by_time(picked.times.data(), picked.count, order);
    std::vector<Match> matches(picked.count);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        std::uint32_t const row = picked.rows[order[i]];
        matches[i] = {picked.times[order[i]], trips.line[row], trips.file[row], store_row + row};
    }
    break_ties(matches);
    if (limit != 0 && matches.size() > limit) matches.resize(limit);
    return matches;
}

}  // namespace tessera::query
