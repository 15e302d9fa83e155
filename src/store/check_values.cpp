#include "check_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>

#include "schema.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::store {
namespace {

// Each loop looks at all values, with no way out of it: compilers make it one of vectors.

template <class Number>
[[gnu::always_inline]] inline bool all_within(Number const* values, std::size_t n, Number low, Number high) {
    Number least = high, most = low;
    for (std::size_t i = 0; i < n; ++i) {
        least = std::min(least, values[i]);
        most = std::max(most, values[i]);
    }
    return least >= low && most <= high;
}

TESSERA_WIDE bool all_between(core::Angle const* values, std::size_t n, std::int32_t low, std::int32_t high) {
    return all_within(&values->count, n, low, high);
}
TESSERA_WIDE bool all_below(core::FileId const* values, std::size_t n, std::uint16_t last) {
    return all_within(&values->count, n, std::uint16_t{0}, last);
}
TESSERA_WIDE bool all_sources_known(core::Source const* values, std::size_t n) {
    return all_within(reinterpret_cast<std::uint8_t const*>(values), n,
                      static_cast<std::uint8_t>(core::all_sources.front()),
                      static_cast<std::uint8_t>(core::all_sources.back()));
}
TESSERA_WIDE bool all_ascend(core::WallTime const* values, std::size_t n) {
    unsigned descents = 0;
    for (std::size_t i = 1; i < n; ++i)
        descents |= values[i - 1].count > values[i].count ? 1U : 0U;
    return descents == 0;
}
TESSERA_WIDE bool all_end_after(core::WallTime const* pickups, core::WallTime const* dropoffs, std::size_t n) {
    unsigned before = 0;
    for (std::size_t i = 0; i < n; ++i)
        before |= dropoffs[i].count != 0 && dropoffs[i].count < pickups[i].count ? 1U : 0U;
    return before == 0;
}
TESSERA_WIDE bool all_unknown_or_between(core::Angle const* values, std::size_t n, std::int32_t low,
                                         std::int32_t high) {
    constexpr std::int32_t unknown = core::unknown<core::Angle>().count;
    unsigned outside = 0;
    for (std::size_t i = 0; i < n; ++i) {
        std::int32_t const value = values[i].count;
        outside |= value != unknown && (value < low || value > high) ? 1U : 0U;
    }
    return outside == 0;
}

/// The rows [first, last) of some trips, of which not all columns need be there.
class Rows {
  public:
    Rows(core::TripTable const& trips, std::uint64_t first, std::uint64_t last)
        : trips_(trips), first_(first), n_(last - first) {}

    /// The column that is not as the tile says.
    std::optional<core::Column> fault_in(geo::TileTable const& tiles, std::size_t tile) const {
        using core::Column;
        geo::Box const &from = tiles.pickup_box[tile], &to = tiles.dropoff_box[tile];
        if (auto const* times = at(trips_.pickup_time))
            if (!all_ascend(times, n_) || times[0] < tiles.first_time[tile] || times[n_ - 1] > tiles.last_time[tile])
                return Column::pickup_time;
        if (auto const* lon = at(trips_.pickup_lon))
            if (!all_between(lon, n_, from.west, from.east)) return Column::pickup_lon;
        if (auto const* lat = at(trips_.pickup_lat))
            if (!all_between(lat, n_, from.south, from.north)) return Column::pickup_lat;
        if (auto const* lon = at(trips_.dropoff_lon))
            if (!all_unknown_or_between(lon, n_, to.west, to.east)) return Column::dropoff_lon;
        if (auto const* lat = at(trips_.dropoff_lat))
            if (!all_unknown_or_between(lat, n_, to.south, to.north)) return Column::dropoff_lat;
        return std::nullopt;
    }

    /// The column that is wrong whatever the tile.
    std::optional<core::Column> fault(std::uint64_t files) const {
        auto const *begin = at(trips_.pickup_time), *end = at(trips_.dropoff_time);
        if (begin && end && !all_end_after(begin, end, n_)) return core::Column::dropoff_time;
        if (auto const* sources = at(trips_.source))
            if (!all_sources_known(sources, n_)) return core::Column::source;
        constexpr std::uint64_t most_files = std::uint64_t{std::numeric_limits<std::uint16_t>::max()} + 1;
        if (auto const* file = at(trips_.file))
            if (files == 0 || !all_below(file, n_, static_cast<std::uint16_t>(std::min(files, most_files) - 1)))
                return core::Column::file;
        return std::nullopt;
    }

  private:
    template <class T>
    T const* at(std::vector<T> const& column) const {
        return n_ == 0 || column.empty() ? nullptr : column.data() + first_;
    }

    core::TripTable const& trips_;
    std::uint64_t first_;
    std::size_t n_;
};

[[noreturn]] void fail(std::string const& path, core::Column column, std::string const& where) {
    throw core::DataError(core::describe(
        {path, 0, "", ""}, fmt::format("is damaged: '{}' has a value{} that cannot be", path_of(column), where),
        "copy or ingest it again"));
}

std::uint64_t rows_of(core::TripTable const& trips) {
    std::uint64_t rows = 0;
    core::for_each_column(
        [&](auto const& place) { rows = std::max<std::uint64_t>(rows, (trips.*place.in_table).size()); });
    return rows;
}

}  // namespace

void check_values(std::string const& path, geo::LoadedTiles const& loaded, std::uint64_t files) {
    geo::TileTable const& tiles = loaded.tiles;
    auto const fault_of = [&](std::size_t tile) {
        Rows const rows(loaded.trips, tiles.first_trip[tile], tiles.first_trip[tile + 1]);
        auto const fault = rows.fault_in(tiles, tile);
        return fault ? fault : rows.fault(files);
    };
    std::size_t first_bad = tiles.size();
#pragma omp parallel for schedule(static) reduction(min : first_bad)
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        if (fault_of(tile)) first_bad = std::min(first_bad, tile);
    if (first_bad < tiles.size())
        fail(path, *fault_of(first_bad),
             fmt::format(" in rows {} to {}", loaded.store_row[first_bad],
                         loaded.store_row[first_bad] + tiles.trips_in(first_bad) - 1));
}

void check_values(std::string const& path, core::TripTable const& trips, std::uint64_t files) {
    if (auto const fault = Rows(trips, 0, rows_of(trips)).fault(files)) fail(path, *fault, "");
}

}  // namespace tessera::store
