#include "tessera/query/row_order.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

#include "keyed_rows.hpp"
#include "pack_block.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/core/row_limit.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::query {
namespace {

std::size_t rows_of(geo::LoadedTiles const& loaded) {
    std::uint64_t const rows = geo::trip_count(loaded.tiles);
    core::require_row_numbers(rows);
    return rows;
}

/// Puts rows of equal keys in order of (place, file, line), so that all of the very same place are side by side, the
/// earlier in their files first.
class AlikeSorter {
  public:
    AlikeSorter(core::TripTable const& trips, End on) : trips_(trips), on_(on) {}

    void sort(std::span<std::uint32_t> rows) {
        if (rows.size() == 2) {  // most often, and nearly always at two places
            if (place_of(rows[0]) == place_of(rows[1]) && entry_of(rows[1]) < entry_of(rows[0]))
                std::swap(rows[0], rows[1]);
            return;
        }
        entries_.clear();
        for (std::uint32_t const row : rows)
            entries_.push_back(entry_of(row));
        std::sort(entries_.begin(), entries_.end());
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = entries_[i].row;
    }

  private:
    /// What a row is sorted by, in two numbers.
    struct Entry {
        std::uint64_t place;
        std::uint64_t file_and_line;
        std::uint32_t row;
        friend bool operator<(Entry const& a, Entry const& b) {
            return std::tie(a.place, a.file_and_line) < std::tie(b.place, b.file_and_line);
        }
    };
    std::uint64_t place_of(std::uint32_t row) const {
        geo::Point const point = end_of(trips_, on_, row);
        return std::uint64_t{static_cast<std::uint32_t>(point.lon)} << 32 | static_cast<std::uint32_t>(point.lat);
    }
    Entry entry_of(std::uint32_t row) const {
        return {place_of(row), std::uint64_t{trips_.file[row].count} << 32 | trips_.line[row].count, row};
    }

    core::TripTable const& trips_;
    End on_;
    std::vector<Entry> entries_;
};

/// Packs the rows, which are in their order.
void pack_rows(RowOrder& order, core::TripTable const& trips) {
    std::size_t const blocks = (order.row.size() + rows_a_block - 1) / rows_a_block;
    order.block = core::RawArray<Block>(blocks);
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
    if (blocks == 0) return;
    constexpr std::size_t rows_a_group = BoxGroup::size * rows_a_block;
    for (std::size_t first = 0; first < order.row.size(); first += rows_a_group)
        order.group_key.push_back(geo::hilbert_key(end_of(trips, order.on, order.row[first])));
    order.vicinity = find_vicinities(order.box);
}

/// Where a point lies in its cell of the deepest level, column by column: as many bits as wanted, an even number up to
/// 16, which tell each place from all others.
std::uint64_t place_in_cell(geo::Point point, unsigned bits) {
    static_assert(geo::deepest_level == 24);
    auto const first_bits = [&](std::int32_t angle) {
        return (static_cast<std::uint32_t>(angle) & 255) >> (8 - bits / 2);
    };
    return std::uint64_t{first_bits(point.lon)} << (bits / 2) | first_bits(point.lat);
}

/// Sorts the rows of one tile along the curve. Their keys differ in the levels below the tile's alone, and eight of
/// these (or fewer, and then the place in the cell) are as fine as a block can use: 16 bits, which two rounds of
/// counting sort. Rows of equal keys are in order of (place, file, line).
class TileSorter {
  public:
    explicit TileSorter(core::TripTable const& trips) : alike_(trips, End::pickup) {}

    void sort(geo::LoadedTiles const& loaded, std::size_t tile, std::uint32_t* rows) {
        std::size_t const first = loaded.tiles.first_trip[tile], size = loaded.tiles.trips_in(tile);
        unsigned const bits_below = 2 * (geo::deepest_level - loaded.tiles.level[tile]);
        std::iota(rows, rows + size, static_cast<std::uint32_t>(first));
        std::uint64_t const first_key = loaded.tiles.key[tile];
        keys_.resize(size);
        for (std::size_t i = 0; i < size; ++i) {
            geo::Point const pickup{loaded.trips.pickup_lon[first + i].count, loaded.trips.pickup_lat[first + i].count};
            std::uint64_t const key = geo::hilbert_key(pickup) - first_key;
            keys_[i] = static_cast<std::uint16_t>(bits_below >= 16 ? key >> (bits_below - 16)
                                                                   : key << (16 - bits_below) |
                                                                         place_in_cell(pickup, 16 - bits_below));
        }
        other_.resize(size);
        count_sort(rows, other_.data(), first, size, 0);
        count_sort(other_.data(), rows, first, size, 8);
        for (std::size_t i = 0, end = 0; i < size; i = end) {
            for (end = i + 1; end < size && keys_[rows[end] - first] == keys_[rows[i] - first];)
                ++end;
            if (end - i > 1) alike_.sort({rows + i, rows + end});
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

    AlikeSorter alike_;
    std::vector<std::uint16_t> keys_;
    std::vector<std::uint32_t> other_;
};

/// The whole of it: equal for points at the very same place alone.
std::uint64_t key_and_place(geo::Point point) {
    return geo::hilbert_key(point) << 16 | place_in_cell(point, 16);
}

/// The rows whose drop-off is known, and their keys.
KeyedRows key_dropoffs(geo::LoadedTiles const& loaded) {
    constexpr std::size_t rows_a_chunk = 1 << 14;
    std::size_t const rows = rows_of(loaded), chunks = (rows + rows_a_chunk - 1) / rows_a_chunk;
    auto const for_each_known = [&](std::size_t chunk, auto&& visit) {
        for (std::size_t row = chunk * rows_a_chunk; row < std::min(rows, (chunk + 1) * rows_a_chunk); ++row) {
            geo::Point const end = end_of(loaded.trips, End::dropoff, row);
            if (is_known(end)) visit(row, end);
        }
    };
    std::vector<std::size_t> first(chunks + 1);
#pragma omp parallel for schedule(static)
    for (std::size_t chunk = 0; chunk < chunks; ++chunk)
        for_each_known(chunk, [&](std::size_t, geo::Point) { ++first[chunk]; });
    std::exclusive_scan(first.begin(), first.end(), first.begin(), std::size_t{0});
    KeyedRows keyed(first.back());
#pragma omp parallel for schedule(static)
    for (std::size_t chunk = 0; chunk < chunks; ++chunk)
        for_each_known(chunk, [&, next = first[chunk]](std::size_t row, geo::Point end) mutable {
            keyed[next++] = {key_and_place(end), static_cast<std::uint32_t>(row)};
        });
    return keyed;
}

/// The keys that drop-offs have where people are picked up.
KeyRange keys_of_town(geo::TileTable const& tiles) {
    if (tiles.size() == 0) return {0, 0};
    std::uint64_t const end = tiles.key.back() + geo::first_key_of(1, tiles.level.back());
    return {tiles.key.front() << 16, (end << 16) - 1};
}

/// Puts rows of equal keys in order of (place, file, line).
void sort_alike(KeyedRows const& keyed, core::TripTable const& trips, core::RawArray<std::uint32_t>& rows) {
    constexpr std::size_t rows_a_chunk = 1 << 12;
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        AlikeSorter alike(trips, End::dropoff);
#pragma omp for schedule(dynamic, 4)
        for (std::size_t chunk = 0; chunk < keyed.size(); chunk += rows_a_chunk)
            keeper.run([&] {
                std::size_t i = chunk, end = i;
                while (i > 0 && i < keyed.size() && keyed[i].key == keyed[i - 1].key)
                    ++i;  // they belong to the chunk before
                for (; i < std::min(keyed.size(), chunk + rows_a_chunk); i = end) {
                    for (end = i + 1; end < keyed.size() && keyed[end].key == keyed[i].key;)
                        ++end;
                    if (end - i > 1) alike.sort({rows.data() + i, rows.data() + end});
                }
            });
    }
    keeper.rethrow();
}

}  // namespace

RowOrder order_by_pickup(geo::LoadedTiles const& loaded) {
    RowOrder order;
    order.row = core::RawArray<std::uint32_t>(rows_of(loaded));
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        TileSorter sorter(loaded.trips);
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
    KeyedRows keyed = key_dropoffs(loaded);
    sort_by_key(keyed, keys_of_town(loaded.tiles));
    order.row = core::RawArray<std::uint32_t>(keyed.size());
#pragma omp parallel for schedule(static)
    for (std::size_t i = 0; i < keyed.size(); ++i)
        order.row[i] = keyed[i].row;
    sort_alike(keyed, loaded.trips, order.row);
    keyed = {};
    pack_rows(order, loaded.trips);
    return order;
}

}  // namespace tessera::query
