#include "tessera/query/window_counts.hpp"

#include <omp.h>

#include <algorithm>

#include "scan.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/exception_keeper.hpp"

namespace tessera::query {
namespace {

/// The first ten places of a list, in order.
void keep_busiest(std::vector<TileTrips>& tiles) {
    auto const kept = static_cast<std::ptrdiff_t>(std::min(tiles.size(), most_busiest_tiles));
    std::partial_sort(tiles.begin(), tiles.begin() + kept, tiles.end());
    tiles.resize(static_cast<std::size_t>(kept));
}

/// The tile of each place of an order.
std::vector<std::uint32_t> find_tiles(geo::TileTable const& tiles, TimeOrder const& order) {
    std::vector<std::uint32_t> tile_of_place(order.size());
    // Of a few rows each tile is looked up; of many, all rows' tiles are written down first.
    constexpr std::size_t few = 16;
    if (order.size() < geo::trip_count(tiles) / few) {
#pragma omp parallel for if (order.size() >= least_rows_for_a_team)
        for (std::size_t place = 0; place < order.size(); ++place) {
            auto const after = std::upper_bound(tiles.first_trip.begin(), tiles.first_trip.end(), order[place]);
            tile_of_place[place] = static_cast<std::uint32_t>(after - tiles.first_trip.begin() - 1);
        }
        return tile_of_place;
    }
    std::vector<std::uint32_t> tile_of_row(geo::trip_count(tiles));
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        std::fill_n(tile_of_row.begin() + static_cast<std::ptrdiff_t>(tiles.first_trip[tile]), tiles.trips_in(tile),
                    static_cast<std::uint32_t>(tile));
    std::transform(order.begin(), order.end(), tile_of_place.begin(),
                   [&](std::uint32_t row) { return tile_of_row[row]; });
    return tile_of_place;
}

/// One thread's tool: counts a window's trips, and a number for each tile that it clears behind itself.
class Tally {
  public:
    Tally(geo::LoadedTiles const& loaded, TimeOrder const& order, std::vector<std::uint32_t> const& tile_of_place)
        : loaded_(loaded), order_(order), tile_of_place_(tile_of_place), trips_of_tile_(loaded.tiles.size(), 0) {}

    WindowCounts count(RowRange places) {
        WindowCounts counts;
        counts.trips = places.last - places.first;
        for (std::size_t place = places.first; place < places.last; ++place) {
            std::uint32_t const row = order_[place];
            ++counts.of_source[place_of(loaded_.trips.source[row])];
            core::Cents const fare = loaded_.trips.fare[row];
            counts.known_fares += core::is_known(fare) ? 1 : 0;
            counts.fare_cents += core::is_known(fare) ? fare.count : 0;
            std::uint32_t const tile = tile_of_place_[place];
            if (trips_of_tile_[tile]++ == 0) touched_.push_back(tile);
        }
        counts.busiest = take_busiest();
        return counts;
    }

  private:
    static std::size_t place_of(core::Source source) {
        std::size_t const place = static_cast<std::size_t>(source) - static_cast<std::size_t>(core::all_sources[0]);
        if (place >= core::all_sources.size()) core::name_of(source);  // throws, and says why
        return place;
    }
    std::vector<TileTrips> take_busiest() {
        std::vector<TileTrips> tiles;
        tiles.reserve(touched_.size());
        for (std::uint32_t const tile : touched_) {
            tiles.push_back({trips_of_tile_[tile], loaded_.tiles.key[tile], loaded_.tiles.level[tile]});
            trips_of_tile_[tile] = 0;
        }
        touched_.clear();
        keep_busiest(tiles);
        return tiles;
    }

    geo::LoadedTiles const& loaded_;
    TimeOrder const& order_;
    std::vector<std::uint32_t> const& tile_of_place_;
    std::vector<std::uint32_t> trips_of_tile_;
    std::vector<std::uint32_t> touched_;
};

}  // namespace

core::ColumnSet columns_of_window_counts() {
    return {core::Column::source, core::Column::fare};
}

WindowCounts merge(WindowCounts a, WindowCounts const& b) {
    a.trips += b.trips;
    for (std::size_t i = 0; i < a.of_source.size(); ++i)
        a.of_source[i] += b.of_source[i];
    a.known_fares += b.known_fares;
    a.fare_cents += b.fare_cents;
    a.busiest.insert(a.busiest.end(), b.busiest.begin(), b.busiest.end());
    keep_busiest(a.busiest);
    return a;
}

WindowCounter::WindowCounter(geo::LoadedTiles const& loaded, TimeOrder const& order)
    : loaded_(loaded), order_(order), tile_of_place_(find_tiles(loaded.tiles, order)) {}

RowRange WindowCounter::places(WindowGrid const& grid, std::uint64_t first, std::uint64_t windows) const {
    auto const place_of = [&](core::WallTime time) {
        auto const at = std::partition_point(order_.begin(), order_.end(),
                                             [&](std::uint32_t row) { return loaded_.trips.pickup_time[row] < time; });
        return static_cast<std::size_t>(at - order_.begin());
    };
    return {place_of(grid.from(first)), place_of(grid.from(first + windows))};
}

std::vector<WindowCounts> WindowCounter::count(WindowGrid const& grid, std::uint64_t first,
                                               std::uint64_t windows) const {
    std::vector<WindowCounts> counts(windows);
    RowRange const all = places(grid, first, windows);
    if (all.first == all.last) return counts;
    core::ExceptionKeeper keeper;
#pragma omp parallel if (all.last - all.first >= least_rows_for_a_team)
    {
        std::optional<Tally> tally;
        keeper.run([&] { tally.emplace(loaded_, order_, tile_of_place_); });
#pragma omp for schedule(dynamic)
        for (std::uint64_t window = 0; window < windows; ++window)
            keeper.run([&] { counts[window] = tally->count(places(grid, first + window, 1)); });
    }
    keeper.rethrow();
    return counts;
}

}  // namespace tessera::query
