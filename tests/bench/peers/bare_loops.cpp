#include "bare_loops.hpp"

#include <omp.h>

#include <algorithm>
#include <array>

#include "tessera/core/civil_time.hpp"

namespace tessera::bench {
namespace {

/// group_of(row) of all rows, counted; each thread has counters of its own.
template <class GroupOf>
Counters count_groups(std::size_t rows, std::size_t groups, GroupOf const& group_of) {
    Counters counts(groups);
#pragma omp parallel
    {
        std::size_t const threads = static_cast<std::size_t>(omp_get_num_threads());
        std::size_t const me = static_cast<std::size_t>(omp_get_thread_num());
        Counters mine(groups);
        std::uint32_t* const count = mine.data();
        for (std::size_t row = rows * me / threads, end = rows * (me + 1) / threads; row < end; ++row)
            ++count[group_of(row)];
#pragma omp critical
        for (std::size_t group = 0; group < groups; ++group)
            counts[group] += mine[group];
    }
    return counts;
}

/// The year of a time: a step of 2^24 seconds holds at most one New Year.
class YearTable {
  public:
    YearTable() {
        for (std::uint32_t step = 0; step < steps; ++step) {
            year_[step] = core::civil_of({step << shift}).year;
            constexpr std::uint32_t last_day = 0xffff'ffff / core::seconds_per_day;
            next_[step] = core::days_of(year_[step] + 1, 1, 1).value_or(last_day) * core::seconds_per_day;
        }
    }
    std::uint32_t since_2008(std::uint32_t time) const {
        std::uint32_t const step = time >> shift;
        return static_cast<std::uint32_t>(year_[step] - 2008 + (time >= next_[step] ? 1 : 0)) % BareClassic::years;
    }

  private:
    static constexpr std::uint32_t shift = 24, steps = 1 << 8;
    std::array<int, steps> year_{};
    std::array<std::uint32_t, steps> next_{};
};

}  // namespace

Counters count_hours_of_week(core::TripTable const& trips) {
    core::WallTime const* const time = trips.pickup_time.data();
    constexpr std::uint32_t thursday = 3 * 24;  // 1970-01-01
    return count_groups(trips.pickup_time.size(), 168,
                        [=](std::size_t row) { return (time[row].count / 3600 + thursday) % 168; });
}

Counters count_grid(core::TripTable const& trips) {
    core::Angle const* const lon = trips.pickup_lon.data();
    core::Angle const* const lat = trips.pickup_lat.data();
    return count_groups(trips.pickup_lon.size(), std::size_t{BareGrid::columns} * BareGrid::rows, [=](std::size_t row) {
        auto const column = static_cast<std::uint32_t>(lon[row].count - BareGrid::west) / BareGrid::width;
        auto const line = static_cast<std::uint32_t>(lat[row].count - BareGrid::south) / BareGrid::height;
        return line * BareGrid::columns + column;
    });
}

Counters count_classic(core::TripTable const& trips) {
    static YearTable const years;
    core::WallTime const* const time = trips.pickup_time.data();
    core::Centimiles const* const distance = trips.distance.data();
    core::Passengers const* const passengers = trips.passengers.data();
    return count_groups(trips.pickup_time.size(), BareClassic::groups, [=, &year = years](std::size_t row) {
        std::uint32_t const mile =
            std::min(static_cast<std::uint32_t>(distance[row].count + 50) / 100, BareClassic::miles - 1);
        return (passengers[row].count % BareClassic::passengers * BareClassic::years +
                year.since_2008(time[row].count)) *
                   BareClassic::miles +
               mile;
    });
}

}  // namespace tessera::bench
