#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "block_kernels.hpp"
#include "least_numbers.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

inline constexpr float nothing_yet = std::numeric_limits<float>::infinity();
/// A degree: farther away the plane is too far from the sphere.
inline constexpr float most_distance = 1e14F;

inline float square(float x) {
    return x * x;
}

/// Collects the k nearest trips out of blocks, by distances on a plane in single precision, which are quick, and sure
/// to a known fraction: of the few trips that are near enough on the plane, `take` finds the true order. It is for
/// small k and short distances; where it is not fit for a question it says so, and the question goes another way.
class PlaneSearch {
  public:
    static constexpr std::size_t most_k = LeastNumbers::most_k;

    /// Local. Whether the question can be answered on a plane, as far as one can tell before.
    static bool suits(NearestQuestion const& question);

    /// Keeps references to all. Shapes: suits(question); order.on is the question's end.
    PlaneSearch(TripIndex const& index, RowOrder const& order, NearestQuestion const& question);

    PlaneOrigin const& origin() const { return origin_; }
    /// Boxes that are farther away on the plane hold nothing that is wanted.
    float limit() const { return limit_; }
    /// Whether the search must be given up: too many trips are equally near, or they lie too far for a plane.
    bool failed() const { return failed_; }
    void give_up() { failed_ = true; }
    Looked const& looked() const { return looked_; }

    /// Local. Notes the trips of a block that may be among the nearest, of those in the set `rows`, and lowers the
    /// limit to what is known then.
    void look_through(std::size_t block, std::uint32_t rows = ~0U);
    /// Local. Asks memory for what `take` will want; best some time before it.
    void fetch();
    /// Local. Puts the nearest of all there; false where the search has failed.
    bool take(std::vector<Neighbour>& nearest);
    /// Local. The same; nothing where it has failed.
    std::optional<std::vector<Neighbour>> take();

  private:
    static constexpr std::size_t room = 320;
    static constexpr std::size_t crowded = room - rows_a_block;

    bool has_source(std::size_t place) const;
    void note(std::uint32_t place, geo::Point point, float distance);
    void limit_to(float distance);
    float ceiling(float distance);
    void drop_the_far();
    void drop_beyond(double within_metres);
    bool stand_in_file_order(std::size_t one, std::size_t other) const;
    void order_by_metres(std::uint16_t* order) const;

    TripIndex const& index_;
    RowOrder const& order_;
    NearestQuestion const& question_;
    geo::DistanceFrom from_;
    PlaneOrigin origin_;
    LeastNumbers least_;  ///< of what candidates' distances are at most
    float limit_;
    float slack_ = 0;  ///< see ceiling; of distances up to slack_up_to_
    float slack_up_to_ = -1;
    bool failed_ = false;
    bool any_source_;
    bool in_units_ = true;    ///< whether all candidates' blocks have steps of one unit
    std::size_t size_ = 0;    ///< of the candidates
    std::size_t most_alike_;  ///< at one place
    std::size_t alike_ = 0;   ///< so many of the last trips lie at one place, in order of places
    geo::Point last_;
    std::uint32_t last_place_ = ~0U;
    alignas(64) std::array<float, room> distance_;    ///< what a candidate's distance is at least
    std::array<std::uint32_t, room> place_;           ///< where it stands in the order
    alignas(64) std::array<std::int32_t, room> lon_;  ///< where it lies, if in_units_
    alignas(64) std::array<std::int32_t, room> lat_;
    alignas(64) std::array<double, room> metres_;  ///< found by `take`
    bool fetched_ = false;
    std::array<std::uint32_t, room> row_;  ///< found by `fetch`, once
    Looked looked_;
};

inline void PlaneSearch::look_through(std::size_t block, std::uint32_t rows) {
    constexpr float diagonal = 1.4143F;
    Frame const frame = order_.frame(block);
    Block const& places = order_.block[block];
    RowDistances distances;
    measure_rows(origin_, places, frame, distances);
    auto const first_place = static_cast<std::uint32_t>(block * rows_a_block);
    __builtin_prefetch(order_.row.data() + first_place);  // `take` will want some of them
    __builtin_prefetch(order_.row.data() + first_place + rows_a_block / 2);
    ++looked_.tiles;
    looked_.rows += order_.size[block];
    if (order_.size[block] < rows_a_block) rows &= (1U << order_.size[block]) - 1;
    float const half_step = frame.exact() ? 0.0F : diagonal * static_cast<float>(1U << (frame.shift - 1));
    auto const shifted = [&](float distance, float by) {
        return half_step > 0 ? square(std::max(0.0F, std::sqrt(distance) + by)) : distance;
    };
    std::uint32_t near = rows & rows_within(distances, shifted(limit_, half_step));
    if (near == 0) return;
    LeastNumbers least = least_;  // in registers
    bool const dense = any_source_ && std::popcount(near) > static_cast<int>(question_.k);
    if (dense) {  // most of them are not among the k nearest even of this block
        LeastNumbers const of_block(question_.k, chosen(distances, near));
        limit_to(shifted(of_block.kth(), half_step));
        near &= rows_within(distances, shifted(limit_, half_step));
        if (size_ == 0 && half_step == 0) least = of_block;
    }
    bool const counted = dense && size_ == 0 && half_step == 0;
    if (half_step > 0) {  // who steps together need not be at the same place
        in_units_ = false;
        most_alike_ = room;
    }
    for (; near != 0; near &= near - 1) {
        auto const i = static_cast<std::uint32_t>(std::countr_zero(near));
        if (!any_source_ && !has_source(first_place + i)) continue;
        geo::Point const point{frame.west + places.x[i], frame.south + places.y[i]};
        note(first_place + i, point, shifted(distances[i], -half_step));
        if (!counted) least.add(shifted(distances[i], half_step));
    }
    least_ = least;
    if (least.kth() < limit_) limit_to(least.kth());
    if (size_ <= crowded) return;
    drop_the_far();
    if (size_ > crowded) {  // many that are equally near
        failed_ = true;
        size_ = 0;
    }
}

/// Notes a candidate, unless k stand before it that lie at the same place: along the curve they are earlier in their
/// files as well (see RowOrder), so that it is not among the k nearest.
inline void PlaneSearch::note(std::uint32_t place, geo::Point point, float distance) {
    bool const like_last = (point.lon == last_.lon) & (point.lat == last_.lat) & (place > last_place_);
    alike_ = like_last ? alike_ + 1 : 1;
    last_ = point;
    last_place_ = place;
    place_[size_] = place;
    lon_[size_] = point.lon;
    lat_[size_] = point.lat;
    distance_[size_] = distance;
    size_ += alike_ <= most_alike_ ? 1 : 0;
}

inline bool PlaneSearch::has_source(std::size_t place) const {
    return question_.filter.sources.has(index_.loaded().trips.source[order_.row[place]]);
}

/// Takes note that k trips are at most that far away.
inline void PlaneSearch::limit_to(float distance) {
    if (distance > most_distance)
        failed_ = true;
    else
        limit_ = std::min(limit_, ceiling(distance));
}

/// Whoever is farther away on the plane than this is farther away on the sphere than anyone at most `distance` away on
/// the plane. With u for the square of half a unit in radians, d for the square root of `distance` in radians, t and c
/// for the tangent and the squared cosine of the origin's latitude:
/// - someone at most that far has a haversine of at most u distance (1 + t d), since sin(y) <= y and
///   cos(lat + x) <= cos(lat) + |x| sin(lat);
/// - of those with such a haversine, whose latitude is less than 1.1 d away, and whose longitude less than 1.2 d / cos,
///   nobody's haversine is less than u times their distance times (1 - 1.1 t d - 0.7 d^2 - 0.12 d^2 / c), since
///   sin(y)^2 >= y^2 (1 - y^2 / 3);
/// - and the ratio of both is below 1 + 4 (t d + d^2 + d^2 / c), as t d < 0.1 for latitudes up to 80 degrees and a d of
///   a degree. 1e-5 is far above what a dozen roundings in single precision add up to.
/// Whose difference in coordinates has wrapped around stands at least 69 degrees of longitude away, as it is.
/// The ratio grows with the distance, so that one serves all that are shorter.
inline float PlaneSearch::ceiling(float distance) {
    if (distance > slack_up_to_) {
        constexpr double radians_a_unit = std::numbers::pi / 180 / core::angle_units_per_degree;
        double const d = std::sqrt(double{distance}) * radians_a_unit;
        double const cos = from_.cos_lat(), tan = std::abs(from_.sin_lat()) / cos;
        slack_ = static_cast<float>(1 + 1e-5 + 4 * (tan * d + d * d * (1 + 1 / (cos * cos))));
        slack_up_to_ = distance;
    }
    return distance * slack_;
}

inline void PlaneSearch::drop_the_far() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        distance_[kept] = distance_[i];
        lon_[kept] = lon_[i];
        lat_[kept] = lat_[i];
        place_[kept] = place_[i];
        kept += distance_[i] <= limit_ ? 1 : 0;
    }
    size_ = kept;
    alike_ = 0;
}

}  // namespace tessera::query
