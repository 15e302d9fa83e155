#include "tessera/query/map_pyramid.hpp"

#include <algorithm>

#include "field_values.hpp"
#include "scan.hpp"

namespace tessera::query {
namespace {

/// The bits of a number with a zero before each.
std::uint64_t spread(std::uint32_t number) {
    std::uint64_t bits = number;
    bits = (bits | bits << 16) & 0x0000ffff0000ffff;
    bits = (bits | bits << 8) & 0x00ff00ff00ff00ff;
    bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0f;
    bits = (bits | bits << 2) & 0x3333333333333333;
    return (bits | bits << 1) & 0x5555555555555555;
}

/// Every second bit, side by side.
std::uint32_t gather(std::uint64_t bits) {
    bits &= 0x5555555555555555;
    bits = (bits | bits >> 1) & 0x3333333333333333;
    bits = (bits | bits >> 2) & 0x0f0f0f0f0f0f0f0f;
    bits = (bits | bits >> 4) & 0x00ff00ff00ff00ff;
    bits = (bits | bits >> 8) & 0x0000ffff0000ffff;
    return static_cast<std::uint32_t>(bits | bits >> 16);
}

/// One thread's tallies.
class Tallier {
  public:
    Tallier(core::TripTable const& trips, End on, Measure measure, unsigned level)
        : trips_(trips),
          lon_(on == End::pickup ? trips.pickup_lon : trips.dropoff_lon),
          lat_(on == End::pickup ? trips.pickup_lat : trips.dropoff_lat),
          measure_(measure),
          grid_(level) {}

    void take(RowBlock const& block) {
        PerRow<core::Angle> lon_room, lat_room;
        core::Angle const* const lon = block.values(lon_, lon_room);
        core::Angle const* const lat = block.values(lat_, lat_room);
        PerRow<std::int64_t> values;
        bool const is_measured = is_of_field(measure_);
        if (is_measured) read_values(trips_, measure_.field, block, values);
        for (std::size_t i = 0; i < block.size(); ++i) {
            if (is_measured && values[i] == no_value) continue;
            tallies_.add(morton_key({grid_.column_of(lon[i].count), grid_.row_of(lat[i].count)}),
                         {1, is_measured ? values[i] : 0});
        }
    }
    std::vector<TalliedPixel> finish() { return tallies_.take(); }

  private:
    core::TripTable const& trips_;
    std::vector<core::Angle> const& lon_;
    std::vector<core::Angle> const& lat_;
    Measure measure_;
    geo::MapGrid grid_;
    PixelTallies tallies_;
};

/// Makes one of neighbours with the same key.
void join_equal(std::vector<TalliedPixel>& pixels) {
    std::size_t last = 0;
    for (std::size_t i = 1; i < pixels.size(); ++i) {
        if (pixels[i].key == pixels[last].key)
            pixels[last].tally += pixels[i].tally;
        else
            pixels[++last] = pixels[i];
    }
    if (!pixels.empty()) pixels.resize(last + 1);
}

}  // namespace

std::uint64_t morton_key(GridPlace place) {
    return spread(place.column) | spread(place.row) << 1;
}

GridPlace place_of(std::uint64_t key) {
    return {gather(key), gather(key >> 1)};
}

std::vector<TalliedPixel> tally_pixels(geo::LoadedTiles const& loaded, Filter const& filter, Measure measure,
                                       unsigned level) {
    Filter const on_map = inside(filter, geo::MapGrid::world());
    return merge_tallies(scan(loaded, on_map, [&] { return Tallier(loaded.trips, on_map.on, measure, level); }));
}

void order_pixels(std::vector<TalliedPixel>& pixels) {
    std::sort(pixels.begin(), pixels.end(), [](TalliedPixel const& a, TalliedPixel const& b) { return a.key < b.key; });
    join_equal(pixels);
}

std::vector<TalliedPixel> fold_pixels(std::vector<TalliedPixel> const& pixels) {
    std::vector<TalliedPixel> above;
    for (TalliedPixel const& pixel : pixels) {
        std::uint64_t const key = pixel.key >> 2;
        if (above.empty() || above.back().key != key) above.push_back({key, {}});
        above.back().tally += pixel.tally;
    }
    return above;
}

std::vector<std::size_t> cut_tiles(std::span<TalliedPixel const> pixels, unsigned tile_bits) {
    std::vector<std::size_t> cuts;
    for (std::size_t i = 0; i < pixels.size(); ++i)
        if (i == 0 || pixels[i].key >> (2 * tile_bits) != pixels[i - 1].key >> (2 * tile_bits)) cuts.push_back(i);
    cuts.push_back(pixels.size());
    return cuts;
}

}  // namespace tessera::query
