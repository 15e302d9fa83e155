#include "tessera/query/row_order.hpp"

#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <tuple>

#include "pack_block.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::query {
namespace {

namespace spreadsort = boost::sort::spreadsort;

std::size_t rows_of(geo::LoadedTiles const& loaded) {
    std::uint64_t const rows = geo::trip_count(loaded.tiles);
    if (rows > std::numeric_limits<std::uint32_t>::max())
        throw std::length_error("a rank's share is 2^32 trips or more; use more ranks");
    return rows;
}

/// Puts rows that stand together by their key in order of (place, file, line), so that all of the very same place are
/// side by side, the earlier in their files first.
void sort_alike(core::TripTable const& trips, End on, std::span<std::uint32_t> rows) {
    auto const rank_of = [&](std::uint32_t row) {
        geo::Point const point = end_of(trips, on, row);
        return std::tuple(point.lon, point.lat, trips.file[row], trips.line[row]);
    };
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return rank_of(a) < rank_of(b); });
}

/// Packs the rows, which are in their order.
void pack_rows(RowOrder& order, core::TripTable const& trips) {
    std::size_t const blocks = (order.row.size() + rows_a_block - 1) / rows_a_block;
    order.block.resize(blocks);
    order.size.resize(blocks);
    std::vector<geo::Box> boxes(blocks);
#pragma omp parallel for schedule(static)
    for (std::size_t number = 0; number < blocks; ++number) {
        std::size_t const first = number * rows_a_block, size = std::min(rows_a_block, order.row.size() - first);
        PerPlace<geo::Point> points;
        for (std::size_t i = 0; i < size; ++i)
            points[i] = end_of(trips, order.on, order.row[first + i]);
        boxes[number] = pack_block({points.data(), size}, order.block[number]);
        order.size[number] = static_cast<std::uint8_t>(size);
    }
    order.box = BoxGroups(boxes);
    if (order.row.empty()) return;
    constexpr std::size_t rows_a_group = BoxGroup::size * rows_a_block;
    for (std::size_t first = 0; first < order.row.size(); first += rows_a_group)
        order.group_key.push_back(geo::hilbert_key(end_of(trips, order.on, order.row[first])));
    order.vicinity = find_vicinities(order.box);
}

/// Sorts the rows of one tile along the curve. Their keys differ in the levels below the tile's alone, and eight of
/// these are as fine as a block can use: 16 bits, which two rounds of counting sort. Rows of equal keys are
/// in order of (place, file, line).
class TileSorter {
  public:
    void sort(geo::LoadedTiles const& loaded, std::size_t tile, std::uint32_t* rows) {
        std::size_t const first = loaded.tiles.first_trip[tile], size = loaded.tiles.trips_in(tile);
        unsigned const bits_below = 2 * (geo::deepest_level - loaded.tiles.level[tile]);
        unsigned const shift = bits_below > 16 ? bits_below - 16 : 0;
        std::iota(rows, rows + size, static_cast<std::uint32_t>(first));
        if (bits_below == 0) return sort_alike(loaded.trips, End::pickup, {rows, rows + size});
        std::uint64_t const first_key = loaded.tiles.key[tile];
        keys_.resize(size);
        for (std::size_t i = 0; i < size; ++i) {
            geo::Point const pickup{loaded.trips.pickup_lon[first + i].count, loaded.trips.pickup_lat[first + i].count};
            keys_[i] = static_cast<std::uint16_t>((geo::hilbert_key(pickup) - first_key) >> shift);
        }
        other_.resize(size);
        count_sort(rows, other_.data(), first, size, 0);
        count_sort(other_.data(), rows, first, size, 8);
        for (std::size_t i = 0, end = 0; i < size; i = end) {
            for (end = i + 1; end < size && keys_[rows[end] - first] == keys_[rows[i] - first];)
                ++end;
            if (end - i > 1) sort_alike(loaded.trips, End::pickup, {rows + i, rows + end});
        }
    }

  private:
    void count_sort(std::uint32_t const* from, std::uint32_t* to, std::size_t first, std::size_t size,
                    unsigned shift) const {
        std::array<std::uint32_t, 256> place{};
        for (std::size_t i = 0; i < size; ++i)
            ++place[(keys_[i] >> shift) & 255];
        std::exclusive_scan(place.begin(), place.end(), place.begin(), std::uint32_t{0});
        for (std::size_t i = 0; i < size; ++i)
            to[place[(keys_[from[i] - first] >> shift) & 255]++] = from[i];
    }

    std::vector<std::uint16_t> keys_;
    std::vector<std::uint32_t> other_;
};

/// A row and what it is sorted by.
struct KeyedRow {
    std::uint64_t key;
    std::uint32_t row;
    friend bool operator<(KeyedRow const& a, KeyedRow const& b) { return a.key < b.key; }
};

}  // namespace

RowOrder order_by_pickup(geo::LoadedTiles const& loaded) {
    RowOrder order;
    order.row.resize(rows_of(loaded));
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        TileSorter sorter;
#pragma omp for schedule(static, 16)
        for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
            keeper.run([&] { sorter.sort(loaded, tile, order.row.data() + loaded.tiles.first_trip[tile]); });
    }
    keeper.rethrow();
    pack_rows(order, loaded.trips);
    return order;
}

RowOrder order_by_dropoff(geo::LoadedTiles const& loaded) {
    RowOrder order;
    order.on = End::dropoff;
    std::vector<KeyedRow> keyed;
    keyed.reserve(rows_of(loaded));
    for (std::size_t row = 0; row < loaded.trips.size(); ++row)
        if (is_known(end_of(loaded.trips, End::dropoff, row))) keyed.push_back({0, static_cast<std::uint32_t>(row)});
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < keyed.size(); ++i)
        keyed[i].key = geo::hilbert_key(end_of(loaded.trips, End::dropoff, keyed[i].row));
    spreadsort::integer_sort(keyed.begin(), keyed.end(),
                             [](KeyedRow const& one, unsigned shift) { return one.key >> shift; });
    order.row.resize(keyed.size());
    for (std::size_t i = 0; i < keyed.size(); ++i)
        order.row[i] = keyed[i].row;
    for (std::size_t i = 0, end = 0; i < keyed.size(); i = end) {
        for (end = i + 1; end < keyed.size() && keyed[end].key == keyed[i].key;)
            ++end;
        if (end - i > 1) sort_alike(loaded.trips, End::dropoff, {order.row.data() + i, order.row.data() + end});
    }
    pack_rows(order, loaded.trips);
    return order;
}

}  // namespace tessera::query
