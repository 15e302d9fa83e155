#include "slab_plan.hpp"

#include <omp.h>

#include <algorithm>
#include <limits>

namespace tessera::query {
namespace {

constexpr std::uint32_t most_span_seconds = 1 << 16;
// A slab costs a look at its boxes, so that a few blocks should share it; but a window of an hour looks at all of the
// slab where the hour is.
constexpr std::uint64_t least_rows_of_a_slab = 1024;
constexpr std::uint64_t most_rows_of_a_slab = 131'072;

}  // namespace

TimeSteps::TimeSteps(geo::TileTable const& tiles, std::uint32_t step_seconds) {
    core::WallTime first{std::numeric_limits<std::uint32_t>::max()}, last{0};
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        if (tiles.trips_in(tile) == 0) continue;
        first = std::min(first, tiles.first_time[tile]);
        last = std::max(last, tiles.last_time[tile]);
    }
    first_second_ = std::min(first, last).count / slab_seconds * slab_seconds;
    constexpr std::uint32_t most_steps = 1 << 20;
    for (std::uint32_t const seconds : {1, 2, 4, 8, 40, 200, 600, 1800, 3600, 7200}) {
        if (seconds < step_seconds) continue;
        step_seconds_ = seconds;
        if ((last.count - first_second_) / seconds < most_steps) break;
    }
    count_ = (last.count - first_second_) / step_seconds_ + 1;
}

SlabPlan::SlabPlan(geo::LoadedTiles const& loaded, RowOrder const& curve)
    : times_(loaded.trips.pickup_time),
      curve_(curve),
      steps_(loaded.tiles, slab_seconds),
      parts_(static_cast<std::size_t>(omp_get_max_threads())) {
    // Hours are so few that their counts stay in the cache. Where one holds more rows than a slab may, finer steps are
    // counted: seconds, or more of them where trips span years.
    if (count_rows()) {
        steps_ = TimeSteps(loaded.tiles, 1);
        count_rows();
    }
    cut();
    place_slabs();
}

bool SlabPlan::count_rows() {
    rows_.assign(parts_, std::vector<std::uint32_t>(steps_.count()));
#pragma omp parallel for schedule(static)
    for (std::size_t part = 0; part < parts_; ++part)
        for (std::size_t i = first_of(part); i < first_of(part + 1); ++i)
            ++rows_[part][steps_.step_of(times_[curve_.row[i]])];
    for (std::size_t step = 0; step < steps_.count(); ++step)
        if (rows_of(step) + least_rows_of_a_slab > most_rows_of_a_slab) return true;
    return false;
}

std::uint64_t SlabPlan::rows_of(std::size_t step) const {
    std::uint64_t rows = 0;
    for (auto const& of_part : rows_)
        rows += of_part[step];
    return rows;
}

void SlabPlan::cut() {
    std::uint64_t rows_here = 0;
    std::size_t first_step = 0;
    slab_.resize(steps_.count());
    for (std::size_t step = 0; step < steps_.count(); ++step) {
        std::uint64_t const rows = rows_of(step);
        std::uint64_t const span = steps_.seconds_before(step + 1 - first_step);
        // People ask for whole hours: slabs that begin with an hour hold nothing else.
        bool const hour_begins = steps_.seconds_before(step) % slab_seconds == 0;
        bool const full = span > most_span_seconds || rows_here + rows > most_rows_of_a_slab ||
                          (rows_here >= least_rows_of_a_slab && hour_begins);
        if (rows_here > 0 && full) {
            rows_of_slab_.push_back(rows_here);
            rows_here = 0;
        }
        if (rows_here == 0) first_step = step;
        rows_here += rows;
        slab_[step] = static_cast<std::uint32_t>(rows_of_slab_.size());
    }
    if (rows_here > 0) rows_of_slab_.push_back(rows_here);
}

void SlabPlan::place_slabs() {
    first_block_.push_back(0);
    for (std::uint64_t const rows : rows_of_slab_)
        first_block_.push_back(first_block_.back() +
                               static_cast<std::uint32_t>((rows + rows_a_block - 1) / rows_a_block));
    std::vector<std::uint64_t> next(rows_of_slab_.size() + 1);  // one more: of steps after the last row
    for (std::size_t slab = 0; slab < rows_of_slab_.size(); ++slab)
        next[slab] = std::uint64_t{first_block_[slab]} * rows_a_block;
    for (std::size_t part = 0; part < parts_; ++part) {
        first_place_.push_back(next);
        for (std::size_t step = 0; step < steps_.count(); ++step)
            next[slab_[step]] += rows_[part][step];
    }
    rows_.clear();
}

}  // namespace tessera::query
