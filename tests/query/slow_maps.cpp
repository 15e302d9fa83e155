#include "slow_maps.hpp"

namespace tessera::query::testing {
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
