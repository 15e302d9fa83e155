#include <CGAL/Orthogonal_k_neighbor_search.h>
#include <CGAL/Search_traits_2.h>
#include <CGAL/Search_traits_adapter.h>
#include <CGAL/Simple_cartesian.h>
#include <CGAL/property_map.h>

#include "contestant.hpp"

namespace tessera::bench {
namespace {

using Kernel = CGAL::Simple_cartesian<float>;
using Place = std::pair<Kernel::Point_2, std::uint32_t>;
using Traits =
    CGAL::Search_traits_adapter<Place, CGAL::First_of_pair_property_map<Place>, CGAL::Search_traits_2<Kernel>>;
using Search = CGAL::Orthogonal_k_neighbor_search<Traits>;

class Cgal : public Contestant {
  public:
    explicit Cgal(PlaneTrips const& trips) {
        std::vector<Place> places;
        places.reserve(trips.size());
        for (std::size_t i = 0; i < trips.size(); ++i)
            places.emplace_back(Kernel::Point_2(trips.x[i], trips.y[i]), trips.row[i]);
        tree_ = std::make_unique<Search::Tree>(places.begin(), places.end());
        tree_->build();
    }

    std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const override {
        PlaneQuestion const& q = questions.plane[number];
        Search const search(*tree_, Kernel::Point_2(q.x, q.y), Questions::k);
        rows.clear();
        for (auto const& found : search)
            rows.push_back(found.first.second);
        return rows.size();
    }

  private:
    std::unique_ptr<Search::Tree> tree_;
};

}  // namespace

std::unique_ptr<Contestant> enter_cgal(PlaneTrips const& trips) {
    return std::make_unique<Cgal>(trips);
}

}  // namespace tessera::bench
