#include "slow_maps.hpp"

namespace tessera::query::testing {
namespace {

template <class Q>
std::optional<std::int64_t> known(Q value) {
    return core::is_known(value) ? std::optional<std::int64_t>(value.count) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> field_of(core::Trip const& trip, Field field) {
    switch (field) {
        case Field::fare:
            return known(trip.fare);
        case Field::tip:
            return known(trip.tip);
        case Field::tolls:
            return known(trip.tolls);
        case Field::total:
            return known(trip.total);
        case Field::distance:
            return known(trip.distance);
        case Field::passengers:
            return known(trip.passengers);
        case Field::duration:
            break;
    }
    if (!core::is_known(trip.dropoff_time) || !core::is_known(trip.pickup_time)) return std::nullopt;
    return std::int64_t{trip.dropoff_time.count} - trip.pickup_time.count;
}

MapPixels count_map_slowly(geo::LoadedTiles const& loaded, MapQuestion const& question) {
    std::size_t const pixels = std::size_t{question.tile.size} * question.tile.size;
    MapPixels slow{std::vector<std::uint64_t>(pixels), {}};
    if (is_of_field(question.measure)) slow.sum.resize(pixels);
    bool has_any = false;
    for (StoredTrip const& stored : matching_trips(loaded, question.filter)) {
        geo::Point const point = point_of(stored.trip, question.filter.on);
        auto const pixel = is_known(point) ? pixel_of(question.tile, point) : std::nullopt;
        if (!pixel) continue;
        if (is_of_field(question.measure)) {
            auto const value = field_of(stored.trip, question.measure.field);
            if (!value) continue;
            slow.sum[*pixel] += *value;
        }
        ++slow.count[*pixel];
        has_any = true;
    }
    return has_any ? slow : MapPixels{};
}

}  // namespace tessera::query::testing
