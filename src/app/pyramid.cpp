#include "pyramid.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "tessera/app/load_tiles.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/reduce/share_pixels.hpp"
#include "tessera/tiling/cut_runs.hpp"

namespace tessera::app {
namespace {

/// Where each rank's map tiles of a zoom begin, so that their trips are about as many: trips are taken to be in the
/// middle of their tiles of the store.
std::vector<std::uint64_t> cut_map(geo::TileTable const& tiles, query::Filter const& filter, std::uint32_t zoom,
                                   int ranks) {
    geo::MapGrid const grid(zoom);
    geo::Box const world = geo::MapGrid::world();
    std::map<std::uint64_t, std::uint64_t> trips;  // by the Morton key of the map tile
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        geo::Box const& box = query::boxes_of(tiles, filter.on)[tile];
        if (!query::may_match(filter, tiles, tile) || box.empty()) continue;
        std::int32_t const lon = std::clamp(box.west / 2 + box.east / 2, world.west, world.east);
        std::int32_t const lat = std::clamp(box.south / 2 + box.north / 2, world.south, world.north);
        trips[query::morton_key({grid.column_of(lon), grid.row_of(lat)})] += tiles.trips_in(tile);
    }
    std::vector<std::uint64_t> keys, weights;
    for (auto const& [key, weight] : trips) {
        keys.push_back(key);
        weights.push_back(weight);
    }
    keys.push_back(std::uint64_t{1} << (2 * zoom));  // after the last tile
    auto const cuts = tiling::cut_runs(weights, ranks);
    std::vector<std::uint64_t> first(static_cast<std::size_t>(ranks), 0);
    for (std::size_t rank = 1; rank < first.size(); ++rank)
        first[rank] = keys[cuts[rank]];
    return first;
}

}  // namespace

unsigned PyramidPlan::tile_bits() const {
    return static_cast<unsigned>(std::countr_zero(question.tile.size));
}

PyramidLevel::PyramidLevel(comm::Communicator const& comm, store::OpenStore const& store, PyramidPlan const& plan)
    : plan_(plan), zoom_(plan.most_zoom) {
    query::MapQuestion const question = plan.at(zoom_);
    first_tiles_ = cut_map(store.tiles, question.filter, zoom_, comm.size());
    auto const loaded = load_matching_tiles(comm, store, question.filter, query::columns_of(question));
    auto local = comm::run_local(comm, "counting pixels", [&] {
        auto pixels = query::tally_pixels(loaded, question.filter, question.measure, zoom_ + plan.tile_bits());
        query::order_pixels(pixels);
        return pixels;
    });
    pixels_ = reduce::share_pixels(comm, std::move(local), first_keys());
}

void PyramidLevel::go_up(comm::Communicator const& comm) {
    --zoom_;
    auto above = comm::run_local(comm, "counting pixels", [&] { return query::fold_pixels(pixels_); });
    pixels_ = reduce::share_pixels(comm, std::move(above), first_keys());
}

/// By rank, the first pixel of this zoom that it owns. A map tile belongs to the rank that owns the first of its tiles
/// of the last zoom.
std::vector<std::uint64_t> PyramidLevel::first_keys() const {
    std::vector<std::uint64_t> keys;
    unsigned const up = 2 * (plan_.most_zoom - zoom_);
    for (std::uint64_t const tile : first_tiles_)
        keys.push_back(((tile + (std::uint64_t{1} << up) - 1) >> up) << (2 * plan_.tile_bits()));
    return keys;
}

report::MapScale PyramidLevel::scale(comm::Communicator const& comm, store::OpenStore const& store) const {
    query::MapQuestion const question = plan_.at(zoom_);
    auto const values = comm::run_local(comm, "making the scale", [&] {
        query::MapSampleQuestion const sample = query::sample_for(question, store.tiles);
        std::vector<double> drawn;
        for (query::TalliedPixel const& pixel : pixels_) {
            query::GridPlace const place = query::place_of(pixel.key);
            if (query::is_drawn(sample, place.column, place.row))
                drawn.push_back(query::value_of(pixel.tally, question.measure));
        }
        return drawn;
    });
    auto const lists = comm::gather_to_root(comm, std::span<double const>(values));
    auto scale = comm::run_on_root(comm, "making the scale", [&] {
        std::vector<double> all;
        for (std::vector<double> const& list : lists)
            all.insert(all.end(), list.begin(), list.end());
        return report::MapScale(std::move(all));
    });
    static_assert(std::is_trivially_copyable_v<report::MapScale>);
    comm::broadcast(comm, std::as_writable_bytes(std::span(&scale, 1)));
    return scale;
}

std::vector<std::uint64_t> PyramidLevel::count_tiles(comm::Communicator const& comm) const {
    std::vector<std::uint64_t> tiles(zoom_ - plan_.least_zoom + 1, 0);
    auto const ends = comm::allgather(comm, pixels_.empty() ? std::uint64_t{0} : pixels_.back().key + 1);
    std::uint64_t end = 0;  // after the pixel before; the first one follows on those of lower ranks
    for (int rank = 0; rank < comm.rank(); ++rank)
        end = std::max(end, ends[static_cast<std::size_t>(rank)]);
    for (query::TalliedPixel const& pixel : pixels_) {
        for (std::uint32_t zoom = zoom_;; --zoom) {
            unsigned const bits = 2 * (plan_.tile_bits() + zoom_ - zoom);
            if (end > 0 && pixel.key >> bits == (end - 1) >> bits) break;
            ++tiles[zoom - plan_.least_zoom];
            if (zoom == plan_.least_zoom) break;
        }
        end = pixel.key + 1;
    }
    comm::allreduce(comm, comm::Reduction::sum, std::span(tiles));
    return tiles;
}

}  // namespace tessera::app
