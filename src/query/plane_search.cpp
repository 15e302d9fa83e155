#include "plane_search.hpp"

#include <algorithm>
#include <numeric>

#include "rank_few.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

constexpr double radians_a_unit = std::numbers::pi / 180 / core::angle_units_per_degree;

/// The square of the distance on the plane that metres are along a meridian; a lower limit for them.
float plane_distance(double metres) {
    constexpr double units_a_metre = 180.0 / std::numbers::pi * core::angle_units_per_degree / geo::earth_radius_metres;
    double const units = metres * units_a_metre + 1;
    return units * units < most_distance ? static_cast<float>(units * units) : nothing_yet;
}

TESSERA_WIDE_WHOLE
bool order_by(double const* metres, std::size_t size, std::uint16_t* order) {
    return rank_few(metres, size, order);
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
      origin_{question.at, static_cast<float>(square(from_.cos_lat()))},
      slope_(static_cast<float>(4 * radians_a_unit * std::abs(from_.sin_lat()) / from_.cos_lat())),
      curve_(static_cast<float>(4 * square(radians_a_unit) * (1 + 1 / square(from_.cos_lat())))),
      limit_(question.within_metres ? plane_distance(*question.within_metres) : nothing_yet),
      any_source_(question.filter.sources.has_all()),
      least_(question.k) {
    if (limit_ != nothing_yet) limit_ = ceiling(limit_);
}

/// Drops those before which k stand that lie at the same place: along the curve these are earlier in their files as
/// well (see RowOrder), so that the others are not among the k nearest.
void PlaneSearch::drop_the_alike() {
    if (!order_.is_curve() || !in_units_) return;  // who steps together need not be at the same place
    std::size_t kept = 0, alike = 0;
    geo::Point last{};
    std::uint32_t last_place = ~0U;
    for (std::size_t i = 0; i < size_; ++i) {
        std::uint32_t const place = place_[i];
        geo::Point const here = point(place);
        alike = here.lon == last.lon && here.lat == last.lat && place > last_place ? alike + 1 : 1;
        last = here;
        last_place = place;
        place_[kept] = place;
        distance_[kept] = distance_[i];
        kept += alike <= question_.k ? 1 : 0;
    }
    size_ = kept;
}

void PlaneSearch::find_rows() {
    if (failed_) return;
    if (size_ > most_ranked) drop_the_alike();
    core::TripTable const& trips = index_.loaded().trips;
    auto const& [lons, lats] = order_.on == End::pickup ? std::tie(trips.pickup_lon, trips.pickup_lat)
                                                        : std::tie(trips.dropoff_lon, trips.dropoff_lat);
    // Of whole vectors, here and in what follows, since loops whose length changes end with a wrong guess.
    std::fill_n(place_.begin() + static_cast<std::ptrdiff_t>(size_), beyond, size_ > 0 ? place_[0] : 0);
    for (std::size_t i = 0; i < rounded_size(); ++i)
        row_[i] = order_.row[place_[i]];
    for (std::size_t i = 0; !in_units_ && i < rounded_size(); ++i) {
        core::ask_memory(&lons[row_[i]]);
        core::ask_memory(&lats[row_[i]]);
    }
}

void PlaneSearch::rank() {
    if (failed_) return;
    std::size_t const rounded = rounded_size();
    for (std::size_t i = 0; i < rounded; ++i) {
        geo::Point const there = point(place_[i]);
        lon_[i] = there.lon;
        lat_[i] = there.lat;
    }
    from_.find_metres({lon_.data(), rounded}, {lat_.data(), rounded}, {metres_.data(), rounded});
    if (question_.within_metres) drop_beyond(*question_.within_metres);
    in_order_ = order_without_files();
    core::TripTable const& trips = index_.loaded().trips;
    for (std::size_t i = 0; i < (in_order_ ? std::min(size_, question_.k) : size_); ++i) {
        std::uint32_t const row = row_[by_distance_[i]];
        core::ask_memory(&trips.file[row]);
        core::ask_memory(&trips.line[row]);
    }
}

bool PlaneSearch::take(std::vector<Neighbour>& nearest) {
    if (failed_) return false;
    if (!in_order_) order_by_files();
    core::TripTable const& trips = index_.loaded().trips;
    nearest.resize(std::min(size_, question_.k));
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        std::uint16_t const one = by_distance_[i];
        std::uint32_t const row = row_[one];
        nearest[i] = {metres_[one], trips.line[row], trips.file[row], index_.first_store_row() + row};
    }
    return true;
}

std::optional<std::vector<Neighbour>> PlaneSearch::take() {
    find_rows();
    rank();
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
    return static_cast<bool>(order_.is_curve() & (place_[one] < place_[other]) & (lon_[one] == lon_[other]) &
                             (lat_[one] == lat_[other]));
}

/// Puts the candidates in order of (metres, file, line), as far as k of them are wanted. False where only a look at
/// their files can tell.
bool PlaneSearch::order_without_files() {
    if (size_ > most_ranked) {
        std::iota(by_distance_.begin(), by_distance_.begin() + static_cast<std::ptrdiff_t>(size_), std::uint16_t{0});
        return false;
    }
    if (order_by(metres_.data(), size_, by_distance_.data())) return true;
    bool in_order = true;
    for (std::size_t i = 1; i < size_; ++i) {
        std::uint16_t const one = by_distance_[i - 1], other = by_distance_[i];
        in_order &= (metres_[one] < metres_[other]) | stand_in_file_order(one, other);  // without a branch
    }
    return in_order;
}

void PlaneSearch::order_by_files() {
    core::TripTable const& trips = index_.loaded().trips;
    std::sort(by_distance_.begin(), by_distance_.begin() + static_cast<std::ptrdiff_t>(size_),
              [&](std::uint16_t a, std::uint16_t b) {
                  if (metres_[a] != metres_[b]) return metres_[a] < metres_[b];
                  if (stand_in_file_order(a, b)) return true;
                  if (stand_in_file_order(b, a)) return false;
                  return std::tie(trips.file[row_[a]], trips.line[row_[a]]) <
                         std::tie(trips.file[row_[b]], trips.line[row_[b]]);
              });
}

}  // namespace tessera::query
