#include "store_scenes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

std::vector<core::Source> sources_of(core::Ledger const& ledger) {
    std::vector<core::Source> sources;
    for (core::Source const source : core::all_sources) {
        bool const kept = std::any_of(ledger.begin(), ledger.end(), [&](core::FileLedger const& file) {
            return file.format == core::name_of(source) && file.counts.kept > 0;
        });
        if (kept) sources.push_back(source);
    }
    return sources;
}

synth::TimeSpan span_of(geo::TileTable const& tiles, std::size_t tile) {
    return {tiles.first_time[tile], core::WallTime{tiles.last_time[tile].count + 1}};
}

}  // namespace

std::unique_ptr<synth::Scenes const> scenes_of(store::OpenStore const& store) {
    geo::TileTable const& tiles = store.tiles;
    if (tiles.size() == 0)
        throw core::DataError(fmt::format(
            "{}: there are no trips in it (requests follow trips) ingest some, or leave --store out", store.path));
    synth::Scenes::Frame frame{store.header.region, span_of(tiles, 0), sources_of(store.header.ledger), false};
    std::vector<synth::Anchor> anchors;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        synth::TimeSpan const span = span_of(tiles, tile);
        frame.span = {std::min(frame.span.from, span.from), std::max(frame.span.to, span.to)};
        frame.dropoffs = frame.dropoffs || !tiles.dropoff_box[tile].empty();
        anchors.push_back({tiles.pickup_box[tile], tiles.trips_in(tile), span});
    }
    return synth::anchored_scenes(std::move(frame), std::move(anchors));
}

}  // namespace tessera::app
