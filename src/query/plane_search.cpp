#include "plane_search.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace tessera::query {
namespace {

/// The square of the distance on the plane that metres are along a meridian; a lower limit for them.
float plane_distance(double metres) {
    constexpr double units_a_metre = 180.0 / std::numbers::pi * core::angle_units_per_degree / geo::earth_radius_metres;
    double const units = metres * units_a_metre + 1;
    return units * units < most_distance ? static_cast<float>(units * units) : nothing_yet;
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
      limit_(question.within_metres ? plane_distance(*question.within_metres) : nothing_yet),
      any_source_(question.filter.sources.has_all()) {
    if (limit_ != nothing_yet) limit_ = ceiling(limit_);
}

std::optional<std::vector<Neighbour>> PlaneSearch::take() {
    if (!failed_) tighten();
    if (failed_) return std::nullopt;
    core::TripTable const& trips = index_.loaded().trips;
    drop_the_far();
    std::array<std::uint32_t, room> rows;
    for (std::size_t i = 0; i < size_; ++i) {
        rows[i] = order_.row[place_[i]];
        __builtin_prefetch(&trips.file[rows[i]]);
        __builtin_prefetch(&trips.line[rows[i]]);
        if (exact_[i]) continue;
        geo::Point const point = end_of(trips, order_.on, rows[i]);
        lon_[i] = point.lon;
        lat_[i] = point.lat;
    }
    return order_by_metres({rows.data(), size_});
}

std::vector<Neighbour> PlaneSearch::order_by_metres(std::span<std::uint32_t const> rows) const {
    core::TripTable const& trips = index_.loaded().trips;
    std::array<double, room> metres;
    from_.find_metres({lon_.data(), rows.size()}, {lat_.data(), rows.size()}, {metres.data(), rows.size()});
    double const within = question_.within_metres.value_or(std::numeric_limits<double>::infinity());
    std::array<std::pair<double, std::uint32_t>, room> order;  // metres, row
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (metres[i] <= within) order[count++] = {metres[i], rows[i]};
    auto const nearer = [&trips](auto const& a, auto const& b) {
        if (a.first != b.first) return a.first < b.first;
        return std::tie(trips.file[a.second], trips.line[a.second]) <
               std::tie(trips.file[b.second], trips.line[b.second]);
    };
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), nearer);
    std::vector<Neighbour> nearest(std::min(count, question_.k));
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        auto const [far, row] = order[i];
        nearest[i] = {far, trips.line[row], trips.file[row], index_.first_store_row() + row};
    }
    return nearest;
}

}  // namespace tessera::query
