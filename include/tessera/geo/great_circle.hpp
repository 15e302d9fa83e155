#pragma once
#include <span>

#include "tessera/geo/box.hpp"

namespace tessera::geo {

inline constexpr double earth_radius_metres = 6'371'008.8;

/// A cheap bound for the points of one box: `h >= lat_weight * dlat^2 + lon_weight * dlon^2`, where dlat and dlon are
/// differences to the origin in units of 1e-7 degree, and h is what `DistanceFrom::haversine` gives.
struct FlatBound {
    double lat_weight;
    double lon_weight;
};

/// Distances from one point. They are compared as haversines h = sin^2(d / 2R), from 0 to 1, which grow with the
/// distance d and cost no arc sine; `metres_of` turns one into metres.
/// Bounds: with dlat and dlon the differences of latitude and longitude to a point p of a box,
/// h = sin^2(dlat/2) + cos(origin) cos(p) sin^2(dlon/2), and each factor is at least its own least value over the box.
/// All lower bounds are lowered, and the upper one raised, by a relative 1e-12: far above what rounding can add up to.
class DistanceFrom {
  public:
    explicit DistanceFrom(Point origin);

    Point origin() const { return origin_; }
    /// Local. The haversine to a point. Latitudes lie within -90 to 90 degrees, longitudes within -180 to 180.
    double haversine(Point point) const;
    /// Local. The metres to each of some points: to the bit `metres_of(haversine(point))`, many at a time. Shapes: as
    /// many of each.
    void find_metres(std::span<std::int32_t const> lon, std::span<std::int32_t const> lat,
                     std::span<double> metres) const;
    /// Local. Cosine and sine of the origin's latitude.
    double cos_lat() const { return cos_lat_; }
    double sin_lat() const { return sin_lat_; }
    /// Local. A haversine that no point of the (not empty) box is below.
    double lower_bound(Box const& box) const;
    /// Local. A haversine that no point of the (not empty) box is above.
    double upper_bound(Box const& box) const;
    /// Local. Weights that bound the haversine of each point of the (not empty) box from below.
    FlatBound flat_bound(Box const& box) const;
    /// Local. The same from above: `h <= lat_weight * dlat^2 + lon_weight * dlon^2`.
    FlatBound flat_ceiling(Box const& box) const;

  private:
    Point origin_;
    double cos_lat_;
    double sin_lat_;
};

/// Local. Metres on the sphere of a haversine.
double metres_of(double haversine);
/// Local. The haversine of a distance in metres; 1 (the antipode) for anything longer.
double haversine_of(double metres);

/// Local. Metres between two points.
double great_circle_metres(Point a, Point b);

}  // namespace tessera::geo
