#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/iterator/function_output_iterator.hpp>

#include <algorithm>
#include <cmath>

#include "contestant.hpp"

namespace tessera::bench {
namespace {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;
using Point = bg::model::point<float, 3, bg::cs::cartesian>;
using Box = bg::model::box<Point>;
using Value = std::pair<Point, std::uint32_t>;
using Tree = bgi::rtree<Value, bgi::linear<16>>;

/// An R-tree over place and time. A nearest question asks for the points nearest to an upright box over the place, as
/// high as the window: within the window its distance is that on the plane.
class BoostTime : public Contestant {
  public:
    explicit BoostTime(PlaneTrips const& trips) : metres_a_second_(weigh_time(trips)) {
        std::vector<Value> values;
        values.reserve(trips.size());
        for (std::size_t i = 0; i < trips.size(); ++i)
            values.emplace_back(Point(trips.x[i], trips.y[i], height_of(trips.seconds[i])), trips.row[i]);
        tree_ = Tree(values.begin(), values.end());
    }

    std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const override {
        PlaneQuestion const& q = questions.plane[number];
        float const low = height_of(q.from), high = height_of(q.to - 1);
        rows.clear();
        auto const keep = boost::make_function_output_iterator([&](Value const& v) { rows.push_back(v.second); });
        if (questions.task == Task::nearest_in_an_hour) {
            constexpr float far = 1e7F;
            Box const mast{{q.x, q.y, low}, {q.x, q.y, high}}, window{{-far, -far, low}, {far, far, high}};
            return tree_.query(bgi::intersects(window) && bgi::nearest(mast, Questions::k), keep);
        }
        Box const box{{q.west, q.south, low}, {q.east, q.north, high}};
        if (questions.task == Task::rows) return tree_.query(bgi::intersects(box), keep);
        return tree_.query(bgi::intersects(box), boost::make_function_output_iterator([](Value const&) {}));
    }

  private:
    /// How packing weighs time against space: the fastest of what was tried, a metre a second for 1,000 trips an hour
    /// and a quarter for 28,000. A power of two, so that scaled seconds stay exact.
    static float weigh_time(PlaneTrips const& trips) {
        std::uint32_t const last = trips.size() == 0 ? 0 : *std::ranges::max_element(trips.seconds);
        double const trips_an_hour = static_cast<double>(trips.size() + 1) * 3600 / (last + 1.0);
        return static_cast<float>(std::exp2(std::round(std::log2(1000 / trips_an_hour) / 2)));
    }
    float height_of(std::uint32_t seconds) const { return static_cast<float>(seconds) * metres_a_second_; }

    float metres_a_second_;
    Tree tree_;
};

}  // namespace

std::unique_ptr<Contestant> enter_boost_time(PlaneTrips const& trips) {
    return std::make_unique<BoostTime>(trips);
}

}  // namespace tessera::bench
