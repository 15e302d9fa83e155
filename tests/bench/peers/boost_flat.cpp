#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/iterator/function_output_iterator.hpp>

#include "contestant.hpp"

namespace tessera::bench {
namespace {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;
using Point = bg::model::point<float, 2, bg::cs::cartesian>;
using Value = std::pair<Point, std::uint32_t>;
using Tree = bgi::rtree<Value, bgi::linear<16>>;  // built from all at once it is packed: how to split does not matter

class BoostFlat : public Contestant {
  public:
    explicit BoostFlat(PlaneTrips const& trips) {
        std::vector<Value> values;
        values.reserve(trips.size());
        for (std::size_t i = 0; i < trips.size(); ++i)
            values.emplace_back(Point(trips.x[i], trips.y[i]), trips.row[i]);
        tree_ = Tree(values.begin(), values.end());
    }

    std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const override {
        PlaneQuestion const& q = questions.plane[number];
        rows.clear();
        return tree_.query(
            bgi::nearest(Point(q.x, q.y), Questions::k),
            boost::make_function_output_iterator([&](Value const& value) { rows.push_back(value.second); }));
    }

  private:
    Tree tree_;
};

}  // namespace

std::unique_ptr<Contestant> enter_boost_flat(PlaneTrips const& trips) {
    return std::make_unique<BoostFlat>(trips);
}

}  // namespace tessera::bench
