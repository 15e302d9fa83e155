#include "find_time.hpp"

#include <algorithm>

namespace tessera::query {
namespace {

constexpr std::size_t first_step = 8;

/// All rows before `low` are before the time: moves `low` and `last` together around the place.
void close_in_upwards(std::vector<core::WallTime> const& times, std::size_t& low, std::size_t& last,
                      core::WallTime time) {
    for (std::size_t step = first_step; low + step < last; step *= 2) {
        if (!(times[low + step] < time)) {
            last = low + step;
            return;
        }
        low += step + 1;
    }
}

/// The row `last` is not before the time: moves `first` and `last` together around the place.
void close_in_downwards(std::vector<core::WallTime> const& times, std::size_t& first, std::size_t& last,
                        core::WallTime time) {
    for (std::size_t step = first_step; last >= first + step; step *= 2) {
        if (times[last - step] < time) {
            first = last - step + 1;
            return;
        }
        last -= step;
    }
}

}  // namespace

std::size_t find_time(std::vector<core::WallTime> const& times, std::size_t first, std::size_t last, std::size_t guess,
                      core::WallTime time) {
    if (first == last) return last;
    if (times[guess] < time) {
        first = guess + 1;
        close_in_upwards(times, first, last, time);
    } else {
        last = guess;
        close_in_downwards(times, first, last, time);
    }
    auto const begin = times.begin();
    auto const found =
        std::lower_bound(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last), time);
    return static_cast<std::size_t>(found - begin);
}

}  // namespace tessera::query
