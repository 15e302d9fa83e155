#include "tessera/app/store_digest.hpp"

#include <filesystem>

#include "tessera/core/digest.hpp"
#include "version.hpp"

namespace tessera::app {

std::uint64_t digest_of(store::OpenStore const& store) {
    core::Digest digest;
    digest.add(program_name_and_version);
    digest.add(std::filesystem::file_size(store.path));
    digest.add(static_cast<std::uint64_t>(std::filesystem::last_write_time(store.path).time_since_epoch().count()));
    store::StoreHeader const& header = store.header;
    digest.add(header.program);
    for (std::uint64_t const number :
         {std::uint64_t{header.format_version}, header.trips, header.tile_trips, std::uint64_t{header.longest_trip_s}})
        digest.add(number);
    digest.add(&header.region, sizeof header.region);
    geo::TileTable const& tiles = store.tiles;
    digest.add_all(tiles.key);
    digest.add_all(tiles.level);
    digest.add_all(tiles.first_trip);
    digest.add_all(tiles.pickup_box);
    digest.add_all(tiles.dropoff_box);
    digest.add_all(tiles.first_time);
    digest.add_all(tiles.last_time);
    for (core::FileLedger const& file : header.ledger) {
        digest.add(file.name);
        digest.add(file.format);
        digest.add(file.bytes);
        digest.add(&file.counts, sizeof file.counts);
    }
    return digest.value();
}

}  // namespace tessera::app
