#include "gather_tiles.hpp"

#include "tessera/core/exception_keeper.hpp"

namespace tessera::tiling {
namespace {

/// A tile's rows and what is around them. Each trip is looked at once, for all of that.
struct Tile {
    TimedRow* end;
    geo::Box pickup, dropoff;

    void add(core::Trip const& trip, core::TripRows::Number row) {
        *end++ = {trip.pickup_time, row};
        pickup.include(geo::Point{trip.pickup_lon.count, trip.pickup_lat.count});
        if (core::is_known(trip.dropoff_lon))
            dropoff.include(geo::Point{trip.dropoff_lon.count, trip.dropoff_lat.count});
    }
};

/// Adds some rows of a list, whose trips lie anywhere in memory: those some places ahead are called for.
template <class RowAt>
void add_rows(core::TripRows const& trips, std::size_t begin, std::size_t end, std::size_t size, RowAt&& row_at,
              Tile& tile) {
    constexpr std::size_t ahead = 48;
    for (std::size_t i = begin; i < end; ++i) {
        if (i + ahead < size) __builtin_prefetch(&trips.but_for_line(row_at(i + ahead)));
        core::TripRows::Number const row = row_at(i);
        tile.add(trips.but_for_line(row), row);
    }
}

}  // namespace

TileBounds gather_tiles(core::TripRows const& trips, std::span<RowList const> lists,
                        std::span<std::uint64_t const> first, TimedRows& rows) {
    std::size_t const tiles = first.size() - 1;
    TileBounds bounds{std::vector<geo::Box>(tiles), std::vector<geo::Box>(tiles), std::vector<core::WallTime>(tiles),
                      std::vector<core::WallTime>(tiles)};
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        std::vector<TimedRow> scratch;
#pragma omp for schedule(dynamic, 64)
        for (std::size_t number = 0; number < tiles; ++number)
            keeper.run([&] {
                Tile tile{rows.data() + first[number], {}, {}};
                for (RowList const& list : lists) {
                    std::size_t const begin = list.first[number], end = list.first[number + 1];
                    if (list.own.empty())
                        add_rows(
                            trips, begin, end, list.from_other.size(),
                            [&](std::size_t i) { return list.from_other[i]; }, tile);
                    else
                        add_rows(
                            trips, begin, end, list.own.size(), [&](std::size_t i) { return list.own[i].row; }, tile);
                }
                std::span const of_tile(rows.data() + first[number], first[number + 1] - first[number]);
                if (scratch.size() < of_tile.size()) scratch.resize(of_tile.size());
                sort_tile(of_tile, scratch, trips);
                bounds.pickup[number] = tile.pickup;
                bounds.dropoff[number] = tile.dropoff;
                bounds.first_time[number] = of_tile.front().time;
                bounds.last_time[number] = of_tile.back().time;
            });
    }
    keeper.rethrow();
    return bounds;
}

}  // namespace tessera::tiling
