#include <nanoflann.hpp>

#include "contestant.hpp"

namespace tessera::bench {
namespace {

/// What nanoflann asks of a cloud of points. Coordinates of a point lie side by side, points in curve order: the best
/// for its caches.
struct Cloud {
    std::vector<float> xy;
    std::size_t kdtree_get_point_count() const { return xy.size() / 2; }
    float kdtree_get_pt(std::uint32_t i, std::size_t dimension) const { return xy[2 * std::size_t{i} + dimension]; }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
        return false;
    }
};
using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, Cloud>, Cloud, 2, std::uint32_t>;

Cloud cloud_of(PlaneTrips const& trips) {
    Cloud cloud;
    cloud.xy.reserve(2 * trips.size());
    for (std::size_t i = 0; i < trips.size(); ++i) {
        cloud.xy.push_back(trips.x[i]);
        cloud.xy.push_back(trips.y[i]);
    }
    return cloud;
}

class Nanoflann : public Contestant {
  public:
    explicit Nanoflann(PlaneTrips const& trips) : trips_(trips), cloud_(cloud_of(trips)) {}

    std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const override {
        PlaneQuestion const& q = questions.plane[number];
        float const at[2] = {q.x, q.y};
        float squares[Questions::k];
        rows.resize(Questions::k);
        rows.resize(tree_.knnSearch(at, Questions::k, rows.data(), squares));
        for (std::uint32_t& row : rows)
            row = trips_.row[row];
        return rows.size();
    }

  private:
    static constexpr std::size_t leaf_points = 16;  // the fastest of 8, 16 and 32
    PlaneTrips const& trips_;
    Cloud cloud_;
    Tree tree_{2, cloud_, nanoflann::KDTreeSingleIndexAdaptorParams(leaf_points)};
};

}  // namespace

std::unique_ptr<Contestant> enter_nanoflann(PlaneTrips const& trips) {
    return std::make_unique<Nanoflann>(trips);
}

}  // namespace tessera::bench
