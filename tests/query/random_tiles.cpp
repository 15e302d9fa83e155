#include "random_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "tessera/geo/hilbert.hpp"

namespace tessera::query::testing {
namespace {

geo::Point make_city_point(Random& random, std::int32_t lattice) {
    static constexpr geo::Point centres[]{{-739857000, 407484000},
                                          {-739910000, 407300000},
                                          {-737781000, 406413000},
                                          {-738740000, 407769000},
                                          {-739500000, 406800000}};
    static constexpr double spreads[]{150'000, 80'000, 20'000, 15'000, 600'000};
    auto const cluster = static_cast<std::size_t>(pick(random, 0, 4));
    std::normal_distribution<double> spread(0, spreads[cluster]);
    auto const near = [&](std::int32_t centre) {
        return static_cast<std::int32_t>(std::lround((centre + spread(random)) / lattice)) * lattice;
    };
    std::int32_t const lon = near(centres[cluster].lon);
    return {lon, near(centres[cluster].lat)};
}

geo::Point make_point(Random& random, TripMix const& mix) {
    if (!mix.everywhere) return make_city_point(random, mix.lattice);
    geo::Box const world = geo::Box::world();
    auto const on_lattice = [&](std::int32_t low, std::int32_t high) {
        return static_cast<std::int32_t>(pick(random, low / mix.lattice, high / mix.lattice)) * mix.lattice;
    };
    std::int32_t const lon = on_lattice(world.west, world.east);
    return {lon, on_lattice(world.south, world.north)};
}

core::Trip make_trip(Random& random, TripMix const& mix) {
    core::Trip trip;
    trip.pickup_time.count = mix.first.count + static_cast<std::uint32_t>(pick(random, 0, mix.seconds - 1));
    trip.dropoff_time.count = trip.pickup_time.count + static_cast<std::uint32_t>(pick(random, 0, 7200));
    geo::Point const pickup = make_point(random, mix), dropoff = make_point(random, mix);
    trip.pickup_lon.count = pickup.lon;
    trip.pickup_lat.count = pickup.lat;
    trip.dropoff_lon.count = dropoff.lon;
    trip.dropoff_lat.count = dropoff.lat;
    trip.distance.count = static_cast<std::int32_t>(std::exp(static_cast<double>(pick(random, 0, 80)) / 10));
    trip.fare.count = static_cast<std::int32_t>(250 + trip.distance.count * 2 + pick(random, 0, 500));
    trip.tip.count = static_cast<std::int32_t>(pick(random, 0, 1000));
    trip.tolls.count = one_in(random, 10) ? 533 : 0;
    trip.total.count = trip.fare.count + trip.tip.count + trip.tolls.count;
    trip.passengers.count = static_cast<std::uint8_t>(pick(random, 0, 6));
    trip.payment.count = static_cast<std::uint8_t>(pick(random, 0, 6));
    trip.rate.count = static_cast<std::uint8_t>(pick(random, 0, 6));
    trip.vendor.count = static_cast<std::uint8_t>(pick(random, 0, 15));
    trip.source = core::all_sources[static_cast<std::size_t>(pick(random, 0, 2))];
    return trip;
}

void make_odd(Random& random, core::Trip& trip) {
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    if (one_in(random, 50))
        trip.dropoff_lon.count = static_cast<std::int32_t>(pick(random, -1'800'000'000, 1'800'000'000));
    if (one_in(random, 5)) trip.dropoff_lon = trip.dropoff_lat = core::unknown<core::Angle>();
    if (one_in(random, 8)) trip.dropoff_time = core::unknown<core::WallTime>();
    if (one_in(random, 8)) trip.distance = core::unknown<core::Centimiles>();
    if (one_in(random, 20)) trip.distance.count = static_cast<std::int32_t>(pick(random, -most, most));
    if (one_in(random, 8)) trip.passengers = core::unknown<core::Passengers>();
    if (one_in(random, 8)) trip.fare = trip.tip = trip.tolls = trip.total = core::unknown<core::Cents>();
    if (one_in(random, 20)) trip.fare.count = static_cast<std::int32_t>(pick(random, -most, most));
}

/// A trip, its key, and what is not yet cut of the tiles.
struct Keyed {
    std::uint64_t key;
    core::Trip trip;
};

class Tiler {
  public:
    Tiler(std::vector<Keyed> trips, std::size_t tile_trips, std::uint64_t first_store_row)
        : trips_(std::move(trips)), tile_trips_(tile_trips), first_store_row_(first_store_row) {
        loaded_.tiles.first_trip.push_back(0);
        if (!trips_.empty()) split(0, trips_.size(), 0);
    }
    geo::LoadedTiles take() { return std::move(loaded_); }

  private:
    void split(std::size_t first, std::size_t last, unsigned level) {
        if (last - first <= tile_trips_ || level == geo::deepest_level) return close_tile(first, last, level);
        while (first < last) {
            std::uint64_t const cell = geo::prefix_of(trips_[first].key, level + 1);
            std::size_t end = first;
            while (end < last && geo::prefix_of(trips_[end].key, level + 1) == cell)
                ++end;
            split(first, end, level + 1);
            first = end;
        }
    }
    void close_tile(std::size_t first, std::size_t last, unsigned level) {
        std::sort(trips_.begin() + static_cast<std::ptrdiff_t>(first),
                  trips_.begin() + static_cast<std::ptrdiff_t>(last), [](Keyed const& a, Keyed const& b) {
                      return std::tie(a.trip.pickup_time, a.trip.file, a.trip.line) <
                             std::tie(b.trip.pickup_time, b.trip.file, b.trip.line);
                  });
        geo::TileTable& tiles = loaded_.tiles;
        tiles.key.push_back(geo::first_key_of(geo::prefix_of(trips_[first].key, level), level));
        tiles.level.push_back(static_cast<std::uint8_t>(level));
        tiles.first_trip.push_back(last);
        tiles.first_time.push_back(trips_[first].trip.pickup_time);
        tiles.last_time.push_back(trips_[last - 1].trip.pickup_time);
        loaded_.store_row.push_back(first_store_row_ + first);
        geo::Box pickups, dropoffs;
        for (std::size_t i = first; i < last; ++i) {
            core::Trip const& trip = trips_[i].trip;
            pickups.include(geo::Point{trip.pickup_lon.count, trip.pickup_lat.count});
            if (is_known(trip.dropoff_lon))
                dropoffs.include(geo::Point{trip.dropoff_lon.count, trip.dropoff_lat.count});
            append(loaded_.trips, trip);
        }
        tiles.pickup_box.push_back(pickups);
        tiles.dropoff_box.push_back(dropoffs);
    }

    std::vector<Keyed> trips_;
    std::size_t tile_trips_;
    std::uint64_t first_store_row_;
    geo::LoadedTiles loaded_;
};

geo::LoadedTiles no_tiles() {
    geo::LoadedTiles none;
    none.tiles.first_trip.push_back(0);
    return none;
}

void copy_tile(geo::LoadedTiles& to, geo::LoadedTiles const& from, std::size_t tile) {
    append_tile(to.tiles, from.tiles, tile);
    to.store_row.push_back(from.store_row[tile]);
    for (std::size_t row = from.tiles.first_trip[tile]; row < from.tiles.first_trip[tile + 1]; ++row)
        append(to.trips, trip_at(from.trips, row));
}

}  // namespace

std::int64_t pick(Random& random, std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

bool one_in(Random& random, int n) {
    return pick(random, 1, n) == 1;
}

std::vector<core::Trip> make_trips(Random& random, TripMix const& mix) {
    std::vector<core::Trip> trips;
    trips.reserve(mix.trips);
    for (std::size_t i = 0; i < mix.trips; ++i) {
        core::Trip trip = make_trip(random, mix);
        if (mix.odd_values) make_odd(random, trip);
        trip.file.count = static_cast<std::uint16_t>(i % 3);
        trip.line.count = static_cast<std::uint32_t>(mix.trips - i / 3);
        trips.push_back(trip);
    }
    return trips;
}

geo::LoadedTiles tile_up(std::vector<core::Trip> trips, std::size_t tile_trips, std::uint64_t first_store_row) {
    std::vector<Keyed> keyed;
    keyed.reserve(trips.size());
    for (core::Trip const& trip : trips)
        keyed.push_back({geo::hilbert_key({trip.pickup_lon.count, trip.pickup_lat.count}), trip});
    std::sort(keyed.begin(), keyed.end(), [](Keyed const& a, Keyed const& b) { return a.key < b.key; });
    return Tiler(std::move(keyed), tile_trips, first_store_row).take();
}

geo::LoadedTiles leave_some_out(Random& random, geo::LoadedTiles const& loaded) {
    geo::LoadedTiles some = no_tiles();
    for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
        if (!one_in(random, 3)) copy_tile(some, loaded, tile);
    return some;
}

geo::LoadedTiles cut_out(geo::LoadedTiles const& loaded, std::size_t first, std::size_t last) {
    geo::LoadedTiles run = no_tiles();
    for (std::size_t tile = first; tile < last; ++tile)
        copy_tile(run, loaded, tile);
    return run;
}

std::vector<StoredTrip> stored_trips(geo::LoadedTiles const& loaded) {
    std::vector<StoredTrip> trips;
    for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
        for (std::size_t i = 0; i < loaded.tiles.trips_in(tile); ++i)
            trips.push_back({trip_at(loaded.trips, loaded.tiles.first_trip[tile] + i), loaded.store_row[tile] + i});
    return trips;
}

}  // namespace tessera::query::testing
