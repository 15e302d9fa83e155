#include "tessera/app/store_summary.hpp"

#include <algorithm>
#include <filesystem>

namespace tessera::app {

report::StoreSummary summarise(store::OpenStore const& store) {
    report::StoreSummary summary;
    summary.path = store.path;
    summary.format_version = store.header.format_version;
    summary.program_version = store.header.program.substr(store.header.program.find(' ') + 1);
    summary.file_bytes = std::filesystem::file_size(store.path);
    summary.trips = store.header.trips;
    summary.tiles = store.tiles.size();
    summary.tile_trips = store.header.tile_trips;
    summary.region = store.header.region;
    summary.max_hours = store.header.longest_trip_s / 3600;
    summary.ledger = store.header.ledger;
    for (core::FileLedger const& file : store.header.ledger)
        for (std::size_t i = 0; i < core::all_sources.size(); ++i)
            if (file.format == core::name_of(core::all_sources[i])) summary.trips_by_source[i] += file.counts.kept;
    for (std::size_t tile = 0; tile < store.tiles.size(); ++tile) {
        summary.pickup_box.include(store.tiles.pickup_box[tile]);
        summary.largest_tile = std::max(summary.largest_tile, store.tiles.trips_in(tile));
        if (tile == 0 || store.tiles.first_time[tile] < summary.first_pickup)
            summary.first_pickup = store.tiles.first_time[tile];
        summary.last_pickup = std::max(summary.last_pickup, store.tiles.last_time[tile]);
    }
    return summary;
}

report::StoreCheck check_of(store::Verification const& found) {
    report::StoreCheck check{found.pieces, found.bytes, {}};
    for (store::Damage const& damage : found.damages)
        check.damaged.push_back({"/trips/" + std::string(core::text_of(damage.column).name), damage.first_row,
                                 damage.last_row - damage.first_row});
    return check;
}

}  // namespace tessera::app
