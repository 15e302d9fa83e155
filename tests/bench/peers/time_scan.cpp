#include <algorithm>
#include <limits>
#include <numeric>

#include "contestant.hpp"

namespace tessera::bench {
namespace {

/// What a careful programmer writes without an index of places: trips in order of time, a binary search for the window
/// and a bare loop over it, sixteen trips at a time so that it becomes vector instructions.
class TimeScan : public Contestant {
  public:
    explicit TimeScan(PlaneTrips const& trips) {
        std::vector<std::uint32_t> order(trips.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return trips.seconds[i]; });
        for (std::uint32_t const i : order) {
            seconds_.push_back(trips.seconds[i]);
            x_.push_back(trips.x[i]);
            y_.push_back(trips.y[i]);
            row_.push_back(trips.row[i]);
        }
    }

    std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const override {
        PlaneQuestion const& q = questions.plane[number];
        auto const first = std::ranges::lower_bound(seconds_, q.from) - seconds_.begin();
        auto const last = std::ranges::lower_bound(seconds_, q.to) - seconds_.begin();
        std::size_t const begin = static_cast<std::size_t>(first), end = static_cast<std::size_t>(last);
        if (questions.task == Task::nearest_in_an_hour) return find_nearest(q, begin, end, rows);
        return questions.task == Task::count ? count(q, begin, end) : list(q, begin, end, rows);
    }

  private:
    static constexpr std::size_t trips_a_step = 16;
    static constexpr std::size_t k = Questions::k;

    std::size_t find_nearest(PlaneQuestion const& q, std::size_t begin, std::size_t end, Rows& rows) const {
        float best[k + 1], square[trips_a_step];
        std::uint32_t place[k + 1];
        std::size_t found = 0;
        float bound = std::numeric_limits<float>::max();
        for (std::size_t step = begin; step < end; step += trips_a_step) {
            bool const any = any_of_step(step, end, [&](std::size_t i, std::size_t in_step) {
                float const dx = x_[i] - q.x, dy = y_[i] - q.y;
                square[in_step] = dx * dx + dy * dy;
                return square[in_step] < bound;
            });
            if (!any) continue;
            for (std::size_t i = 0; i < std::min(trips_a_step, end - step); ++i) {
                if (square[i] >= bound) continue;
                std::size_t at = found;
                for (; at > 0 && best[at - 1] > square[i]; --at) {
                    best[at] = best[at - 1];
                    place[at] = place[at - 1];
                }
                best[at] = square[i];
                place[at] = static_cast<std::uint32_t>(step + i);
                found = std::min(found + 1, k);
                if (found == k) bound = best[k - 1];
            }
        }
        rows.resize(found);
        for (std::size_t i = 0; i < found; ++i)
            rows[i] = row_[place[i]];
        return found;
    }

    /// Whether one of the next trips up to `end` passes; all of a step are looked at, without a branch.
    template <class Test>
    static bool any_of_step(std::size_t step, std::size_t end, Test const& test) {
        unsigned any = 0;
        if (end - step >= trips_a_step)
            for (std::size_t i = 0; i < trips_a_step; ++i)
                any |= static_cast<unsigned>(test(step + i, i));
        else
            for (std::size_t i = 0; i < end - step; ++i)
                any |= static_cast<unsigned>(test(step + i, i));
        return any != 0;
    }

    bool is_inside(PlaneQuestion const& q, std::size_t i) const {
        return (x_[i] >= q.west) & (x_[i] <= q.east) & (y_[i] >= q.south) & (y_[i] <= q.north);
    }

    std::size_t count(PlaneQuestion const& q, std::size_t begin, std::size_t end) const {
        std::uint32_t inside = 0;
        for (std::size_t i = begin; i < end; ++i)
            inside += static_cast<std::uint32_t>(is_inside(q, i));
        return inside;
    }

    /// In a step with a hit all rows are written, and those that are not inside written over: no branch to guess wrong.
    std::size_t list(PlaneQuestion const& q, std::size_t begin, std::size_t end, Rows& rows) const {
        thread_local Rows room;
        if (room.size() < end - begin) room.resize(end - begin);
        std::size_t found = 0;
        for (std::size_t step = begin; step < end; step += trips_a_step) {
            if (!any_of_step(step, end, [&](std::size_t i, std::size_t) { return is_inside(q, i); })) continue;
            for (std::size_t i = step; i < std::min(step + trips_a_step, end); ++i) {
                room[found] = row_[i];
                found += static_cast<std::size_t>(is_inside(q, i));
            }
        }
        rows.assign(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(found));
        return found;
    }

    std::vector<std::uint32_t> seconds_;
    std::vector<float> x_, y_;
    std::vector<std::uint32_t> row_;
};

}  // namespace

std::unique_ptr<Contestant> enter_time_scan(PlaneTrips const& trips) {
    return std::make_unique<TimeScan>(trips);
}

}  // namespace tessera::bench
