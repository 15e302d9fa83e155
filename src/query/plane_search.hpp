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
#include "pack_lanes.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/query/nearest.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::query {

inline constexpr float nothing_yet = std::numeric_limits<float>::infinity();
/// A degree: farther away the plane is too far from the sphere.
inline constexpr float most_distance = 1e14F;

template <class T>
T square(T x) {
    return x * x;
}

/// Collects the k nearest trips out of blocks, by distances on a plane in single precision, which are quick, and sure
/// to a known fraction: of the few trips that are near enough on the plane, `rank` finds the true order. It is for
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
    /// Local. Forgets those that are too far away by now.
    void drop_the_far() { size_ = drop_above(limit_, size_, distance_.data(), place_.data()); }

    // What follows, in turn, looks far into memory. Each asks it for what the next one wants; best some time before.
    /// Local. Finds which trips are left.
    void find_rows();
    /// Local. Finds the nearest of them.
    void rank();
    /// Local. Puts these there; false where the search has failed.
    bool take(std::vector<Neighbour>& nearest);
    /// Local. All three; nothing where it has failed.
    std::optional<std::vector<Neighbour>> take();

  private:
    static constexpr std::size_t room = 320, beyond = vector_lanes;  // what is written as whole vectors
    static constexpr std::size_t crowded = room - rows_a_block;
    template <class T>
    using Room = std::array<T, room + beyond>;

    std::uint32_t of_sources(std::uint32_t rows, std::size_t first_place) const;
    void limit_to(float distance);
    float ceiling(float distance);
    void drop_the_alike();
    void drop_beyond(double within_metres);
    geo::Point point(std::uint32_t place) const;
    std::size_t rounded_size() const { return (size_ + vector_lanes - 1) / vector_lanes * vector_lanes; }
    bool stand_in_file_order(std::size_t one, std::size_t other) const;
    bool order_without_files();
    void order_by_files();

    TripIndex const& index_;
    RowOrder const& order_;
    NearestQuestion const& question_;
    geo::DistanceFrom from_;
    PlaneOrigin origin_;
    float slope_, curve_;  ///< see ceiling
    float limit_;
    float slack_ = 0;  ///< of distances up to slack_up_to_
    float slack_up_to_ = -1;
    bool failed_ = false;
    bool any_source_;
    bool in_units_ = true;  ///< whether all candidates' blocks have steps of one unit
    bool in_order_ = false;
    std::size_t size_ = 0;  ///< of the candidates
    Looked looked_;
    LeastNumbers least_;               ///< of what candidates' distances are at most
    Room<float> distance_;             ///< what a candidate's distance is at least
    Room<std::uint32_t> place_;        ///< where it stands in the order
    Room<std::uint32_t> row_;          ///< found by find_rows
    Room<std::int32_t> lon_, lat_;     ///< where it lies, found by rank
    alignas(64) Room<double> metres_;  ///< likewise
    Room<std::uint16_t> by_distance_;  ///< likewise: the numbers of the candidates, the nearest first
};

inline void PlaneSearch::look_through(std::size_t block, std::uint32_t rows) {
    constexpr float diagonal = 1.4143F;
    Frame const frame = order_.frame(block);
    RowDistances distances;
    measure_rows(origin_, order_.block[block], frame, distances);
    auto const first_place = static_cast<std::uint32_t>(block * rows_a_block);
    order_.fetch_rows(block);  // find_rows will want some of them
    ++looked_.tiles;
    looked_.rows += order_.size[block];
    rows &= ~0U >> (rows_a_block - order_.size[block]);
    float const half_step = frame.exact() ? 0.0F : diagonal * static_cast<float>(1U << (frame.shift - 1));
    auto const shifted = [half_step](float distance, float by) {
        return half_step > 0 ? square(std::max(0.0F, std::sqrt(distance) + by)) : distance;
    };
    std::uint32_t near = rows & rows_within(distances, shifted(limit_, half_step));
    if (!any_source_) near = of_sources(near, first_place);
    if (near == 0) return;
    LeastNumbers least = least_;  // in registers
    bool counted = false;
    if (std::popcount(near) > static_cast<int>(question_.k)) {  // most are not among the k nearest even of this block
        RowDistances const of_near = chosen(distances, near);
        LeastNumbers const of_block(question_.k, of_near.half[0], of_near.half[1]);
        limit_to(shifted(of_block.kth(), half_step));
        near &= rows_within(distances, shifted(limit_, half_step));
        counted = size_ == 0 && half_step == 0;
        if (counted) least = of_block;
    }
    std::size_t const before = size_;
    auto const* const numbers = reinterpret_cast<float const*>(&distances);
    size_ += pack<rows_a_block>(near, numbers, first_place, &distance_[before], &place_[before]);
    for (std::size_t i = before; half_step > 0 && i < size_; ++i) {
        least.add(shifted(distance_[i], half_step));
        distance_[i] = shifted(distance_[i], -half_step);
        in_units_ = false;
    }
    for (std::size_t i = before; !counted && half_step == 0 && i < size_; ++i)
        least.add(distance_[i]);
    least_ = least;
    if (least_.kth() < limit_) limit_to(least_.kth());
    if (size_ <= crowded) return;
    drop_the_far();
    drop_the_alike();
    if (size_ > crowded) {  // many that are equally near
        failed_ = true;
        size_ = 0;
    }
}

/// Those of some rows whose source is wanted.
inline std::uint32_t PlaneSearch::of_sources(std::uint32_t rows, std::size_t first_place) const {
    for (std::uint32_t left = rows; left != 0; left &= left - 1) {
        std::size_t const place = first_place + static_cast<std::size_t>(std::countr_zero(left));
        bool const wanted = question_.filter.sources.has(index_.loaded().trips.source[order_.row[place]]);
        rows &= wanted ? ~0U : ~(left & -left);
    }
    return rows;
}

/// Where a candidate lies.
inline geo::Point PlaneSearch::point(std::uint32_t place) const {
    std::size_t const block = place / rows_a_block, i = place % rows_a_block;
    if (!in_units_) return order_.point(index_.loaded().trips, order_.frame(block), place);
    BoxGroup const& boxes = order_.box.floors()[0][block / BoxGroup::size];
    std::size_t const box = block % BoxGroup::size;
    return {2 * boxes.west[box] + order_.block[block].x[i], 2 * boxes.south[box] + order_.block[block].y[i]};
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
///   a degree. 2e-5 is far above what two dozen roundings in single precision add up to, and what NotedBlocks leaves
///   out.
/// Whose difference in coordinates has wrapped around stands at least 69 degrees of longitude away, as it is.
/// The ratio grows with the distance, so that one serves all that are shorter.
inline float PlaneSearch::ceiling(float distance) {
    if (distance > slack_up_to_) {
        slack_ = 1 + 2e-5F + slope_ * std::sqrt(distance) + curve_ * distance;
        slack_up_to_ = distance;
    }
    return distance * slack_;
}

}  // namespace tessera::query
