#include "plane_search.hpp"

#include <algorithm>
#include <numeric>

#include "rank_few.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// The square of the distance on the plane that metres are along a meridian; a lower limit for them.
float plane_distance(double metres) {
    constexpr double units_a_metre = 180.0 / std::numbers::pi * core::angle_units_per_degree / geo::earth_radius_metres;
    double const units = metres * units_a_metre + 1;
    return units * units < most_distance ? static_cast<float>(units * units) : nothing_yet;
}

TESSERA_WIDE_WHOLE
void rank(double const* metres, std::uint32_t const* places, std::size_t size, std::uint16_t* order) {
    rank_few(metres, places, size, order);
}

}  // namespace

bool PlaneSearch::suits(NearestQuestion const& question) {
    constexpr std::int32_t degree = core::angle_units_per_degree;
    // A degree of distance is 7 of longitude at 80 degrees of latitude: so near the date line nobody looks over it.
    return question.k <= most_k && !question.filter.box && std::abs(question.at.lat) <= 80 * degree &&
           std::abs(question.at.lon) <= 170 * degree;
}

PlaneSearch::PlaneSearch(TripIndex const& index, RowOrder const& order, NearestQuestion const& question)
    : index_(index),
      order_(order),
      question_(question),
      from_(question.at),
      origin_{question.at, static_cast<float>(from_.cos_lat() * from_.cos_lat())},
      least_(question.k),
      limit_(question.within_metres ? plane_distance(*question.within_metres) : nothing_yet),
      any_source_(question.filter.sources.has_all()),
      most_alike_(order.is_curve() ? question.k : room) {
    if (limit_ != nothing_yet) limit_ = ceiling(limit_);
}

void PlaneSearch::fetch() {
    if (failed_ || fetched_) return;
    fetched_ = true;
    core::TripTable const& trips = index_.loaded().trips;
    drop_the_far();
    for (std::size_t i = 0; i < size_; ++i) {
        row_[i] = order_.row[place_[i]];
        __builtin_prefetch(&trips.file[row_[i]]);
        __builtin_prefetch(&trips.line[row_[i]]);
    }
}

bool PlaneSearch::take(std::vector<Neighbour>& nearest) {
    if (failed_) return false;
    fetch();
    core::TripTable const& trips = index_.loaded().trips;
    for (std::size_t i = 0; !in_units_ && i < size_; ++i) {
        geo::Point const point = end_of(trips, order_.on, row_[i]);
        lon_[i] = point.lon;
        lat_[i] = point.lat;
    }
    // Of whole vectors: it goes quicker than a few more one by one.
    constexpr std::size_t lanes = 8;
    std::size_t const rounded = (size_ + lanes - 1) / lanes * lanes;
    for (std::size_t i = size_; i < rounded; ++i) {
        lon_[i] = question_.at.lon;
        lat_[i] = question_.at.lat;
    }
    from_.find_metres({lon_.data(), rounded}, {lat_.data(), rounded}, {metres_.data(), rounded});
    if (question_.within_metres) drop_beyond(*question_.within_metres);
    std::array<std::uint16_t, room> order;
    order_by_metres(order.data());
    nearest.resize(std::min(size_, question_.k));
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        std::uint32_t const row = row_[order[i]];
        nearest[i] = {metres_[order[i]], trips.line[row], trips.file[row], index_.first_store_row() + row};
    }
    return true;
}

std::optional<std::vector<Neighbour>> PlaneSearch::take() {
    std::optional<std::vector<Neighbour>> nearest(std::in_place);
    if (!take(*nearest)) nearest.reset();
    return nearest;
}

void PlaneSearch::drop_beyond(double within_metres) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        if (metres_[i] > within_metres) continue;
        metres_[kept] = metres_[i];
        lon_[kept] = lon_[i];
        lat_[kept] = lat_[i];
        place_[kept] = place_[i];
        row_[kept++] = row_[i];
    }
    size_ = kept;
}

/// Whether it is known without a look at their files that a candidate comes before another one that is as far away.
bool PlaneSearch::stand_in_file_order(std::size_t one, std::size_t other) const {
    return order_.is_curve() && place_[one] < place_[other] && lon_[one] == lon_[other] && lat_[one] == lat_[other];
}

/// Puts the candidates in order of (metres, file, line), as far as k of them are wanted: order[0] comes first.
void PlaneSearch::order_by_metres(std::uint16_t* order) const {
    bool in_order = false;
    if (size_ <= most_ranked) {
        rank(metres_.data(), place_.data(), size_, order);
        std::size_t i = 1;
        while (i < size_ && (metres_[order[i - 1]] < metres_[order[i]] || stand_in_file_order(order[i - 1], order[i])))
            ++i;
        in_order = i >= size_;
    } else {
        std::iota(order, order + size_, std::uint16_t{0});
    }
    if (in_order) return;
    core::TripTable const& trips = index_.loaded().trips;
    std::sort(order, order + size_, [&](std::uint16_t a, std::uint16_t b) {
        if (metres_[a] != metres_[b]) return metres_[a] < metres_[b];
        if (stand_in_file_order(a, b)) return true;
        if (stand_in_file_order(b, a)) return false;
        return std::tie(trips.file[row_[a]], trips.line[row_[a]]) < std::tie(trips.file[row_[b]], trips.line[row_[b]]);
    });
}

}  // namespace tessera::query
