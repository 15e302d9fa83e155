#include "tessera/query/time_slabs.hpp"

#include <omp.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "pack_block.hpp"

namespace tessera::query {
namespace {

constexpr std::uint32_t half_hour_seconds = 1800;
constexpr std::uint32_t most_span_seconds = 1 << 16;
constexpr std::uint64_t least_rows_of_a_slab = 2048;
constexpr std::uint64_t most_rows_of_a_slab = 32'768;

/// A row on its way to its slab. Bare numbers, so that memory for millions of them is not cleared first.
struct Mover {
    std::uint32_t row;
    std::int32_t lon;
    std::int32_t lat;
    std::uint32_t time;
};

/// Equal steps of time, from the half hour of the first pick-up on: few enough to count the rows of each, and as long
/// as there is a choice so long that half hours begin with one.
class TimeSteps {
  public:
    explicit TimeSteps(geo::TileTable const& tiles) {
        core::WallTime first{std::numeric_limits<std::uint32_t>::max()}, last{0};
        for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
            if (tiles.trips_in(tile) == 0) continue;
            first = std::min(first, tiles.first_time[tile]);
            last = std::max(last, tiles.last_time[tile]);
        }
        first_second_ = std::min(first, last).count / half_hour_seconds * half_hour_seconds;
        constexpr std::uint32_t most_steps = 1 << 20;
        for (std::uint32_t const seconds : {1, 2, 4, 8, 40, 200, 600, 1800, 7200}) {
            step_seconds_ = seconds;
            if ((last.count - first_second_) / seconds < most_steps) break;
        }
        count_ = (last.count - first_second_) / step_seconds_ + 1;
    }
    std::size_t count() const { return count_; }
    std::size_t step_of(core::WallTime time) const { return (time.count - first_second_) / step_seconds_; }
    std::uint64_t seconds_before(std::size_t step) const { return std::uint64_t{step} * step_seconds_; }

  private:
    std::uint32_t first_second_;
    std::uint32_t step_seconds_ = 1;
    std::size_t count_;
};

/// Where each row goes: the slab of each step of time, and for each slab and each part of the curve's places the place
/// of its first row. Rows of a part keep their order, and parts theirs, however many there are.
class SlabPlan {
  public:
    SlabPlan(geo::LoadedTiles const& loaded, RowOrder const& curve)
        : times_(loaded.trips.pickup_time),
          curve_(curve),
          steps_(loaded.tiles),
          parts_(static_cast<std::size_t>(omp_get_max_threads())),
          rows_(parts_, std::vector<std::uint32_t>(steps_.count())),
          slab_(steps_.count()) {
        count_rows();
        cut();
    }

    std::size_t parts() const { return parts_; }
    std::vector<std::uint32_t> const& first_block() const { return first_block_; }
    std::vector<std::uint64_t> const& rows_of_slab() const { return rows_of_slab_; }

    /// Calls visit(row, place) for the rows of a part.
    template <class Visit>
    void for_each(std::size_t part, Visit&& visit) const {
        std::vector<std::uint64_t> place = first_place_[part];
        for (std::size_t i = first_of(part); i < first_of(part + 1); ++i) {
            std::uint32_t const row = curve_.row[i];
            visit(row, place[slab_[steps_.step_of(times_[row])]]++);
        }
    }

  private:
    std::size_t first_of(std::size_t part) const { return curve_.row.size() * part / parts_; }

    void count_rows() {
#pragma omp parallel for schedule(static)
        for (std::size_t part = 0; part < parts_; ++part)
            for (std::size_t i = first_of(part); i < first_of(part + 1); ++i)
                ++rows_[part][steps_.step_of(times_[curve_.row[i]])];
    }

    void cut() {
        std::uint64_t rows_here = 0;
        std::size_t first_step = 0;
        for (std::size_t step = 0; step < steps_.count(); ++step) {
            std::uint64_t rows = 0;
            for (auto const& of_part : rows_)
                rows += of_part[step];
            std::uint64_t const span = steps_.seconds_before(step + 1 - first_step);
            // People ask for whole hours: slabs that begin with half an hour hold nothing else.
            bool const half_hour_begins = steps_.seconds_before(step) % half_hour_seconds == 0;
            bool const full = span > most_span_seconds || rows_here + rows > most_rows_of_a_slab ||
                              (rows_here >= least_rows_of_a_slab && half_hour_begins);
            if (rows_here > 0 && full) {
                rows_of_slab_.push_back(rows_here);
                rows_here = 0;
            }
            if (rows_here == 0) first_step = step;
            rows_here += rows;
            slab_[step] = static_cast<std::uint32_t>(rows_of_slab_.size());
        }
        if (rows_here > 0) rows_of_slab_.push_back(rows_here);
        place_slabs();
    }

    void place_slabs() {
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

    std::vector<core::WallTime> const& times_;
    RowOrder const& curve_;
    TimeSteps steps_;
    std::size_t parts_;
    std::vector<std::vector<std::uint32_t>> rows_;  ///< of each part, by step
    std::vector<std::uint32_t> slab_;               ///< of each step
    std::vector<std::uint64_t> rows_of_slab_;
    std::vector<std::uint32_t> first_block_;
    std::vector<std::vector<std::uint64_t>> first_place_;  ///< of each part, by slab
};

void pack_slab(TimeSlabs& slabs, std::size_t slab, std::uint64_t rows, Mover const* movers,
               std::vector<geo::Box>& boxes) {
    std::size_t const first = slabs.first_block[slab] * rows_a_block;
    auto const earlier = [](Mover const& a, Mover const& b) { return a.time < b.time; };
    auto const ends = std::minmax_element(movers + first, movers + first + rows, earlier);
    slabs.first_time[slab] = {ends.first->time};
    slabs.last_time[slab] = {ends.second->time};
    for (std::size_t block = slabs.first_block[slab]; block < slabs.first_block[slab + 1]; ++block) {
        std::size_t const place = block * rows_a_block, size = std::min(rows_a_block, first + rows - place);
        PerPlace<geo::Point> points;
        for (std::size_t i = 0; i < rows_a_block; ++i) {
            Mover const& mover = movers[place + std::min(i, size - 1)];
            points[i] = {mover.lon, mover.lat};
            slabs.order.row[place + i] = mover.row;
            slabs.since_start[block][i] = static_cast<std::uint16_t>(mover.time - slabs.first_time[slab].count);
        }
        slabs.order.size[block] = static_cast<std::uint8_t>(size);
        slabs.start[block] = slabs.first_time[slab];
        boxes[block] = pack_block({points.data(), size}, slabs.order.block[block]);
    }
}

}  // namespace

TimeSlabs cut_time_slabs(geo::LoadedTiles const& loaded, RowOrder const& curve) {
    SlabPlan const plan(loaded, curve);
    std::size_t const blocks = plan.first_block().back();
    auto const movers = std::make_unique_for_overwrite<Mover[]>(blocks * rows_a_block);
#pragma omp parallel for schedule(static)
    for (std::size_t part = 0; part < plan.parts(); ++part)
        plan.for_each(part, [&](std::uint32_t row, std::uint64_t place) {
            geo::Point const end = end_of(loaded.trips, curve.on, row);
            movers[place] = {row, end.lon, end.lat, loaded.trips.pickup_time[row].count};
        });

    TimeSlabs slabs;
    std::size_t const count = plan.rows_of_slab().size();
    slabs.first_block = plan.first_block();
    slabs.first_time.resize(count);
    slabs.last_time.resize(count);
    slabs.start.resize(blocks);
    slabs.since_start.resize(blocks);
    slabs.order.on = curve.on;
    slabs.order.row.resize(blocks * rows_a_block);
    slabs.order.block.resize(blocks);
    slabs.order.size.resize(blocks);
    std::vector<geo::Box> boxes(blocks);
#pragma omp parallel for schedule(dynamic, 4)
    for (std::size_t slab = 0; slab < count; ++slab)
        pack_slab(slabs, slab, plan.rows_of_slab()[slab], movers.get(), boxes);
    slabs.order.box = BoxGroups(boxes);
    return slabs;
}

RowRange slabs_in_window(TimeSlabs const& slabs, Filter const& filter) {
    RowRange range{0, slabs.slabs()};
    auto const place_of = [](auto const& list, auto found) { return static_cast<std::size_t>(found - list.begin()); };
    if (filter.from)
        range.first =
            place_of(slabs.last_time, std::lower_bound(slabs.last_time.begin(), slabs.last_time.end(), *filter.from));
    if (filter.to)
        range.last =
            place_of(slabs.first_time, std::lower_bound(slabs.first_time.begin(), slabs.first_time.end(), *filter.to));
    return range.first < range.last ? range : RowRange{0, 0};
}

}  // namespace tessera::query
