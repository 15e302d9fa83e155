#include "tessera/reduce/trips_in_order.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"

namespace tessera::reduce {
namespace {

/// A trip's place in the order of all trips.
struct Place {
    std::uint64_t time_and_file;
    std::uint64_t line;
    friend auto operator<=>(Place const&, Place const&) = default;
};
constexpr Place beyond_all{std::numeric_limits<std::uint64_t>::max(), 0};

Place place_of(core::TripTable const& trips, std::uint32_t row) {
    return {std::uint64_t{trips.pickup_time[row].count} << 16 | trips.file[row].count, trips.line[row].count};
}

auto order_of(core::Trip const& trip) {
    return std::tie(trip.pickup_time, trip.file, trip.line);
}

/// Collective. The earliest of the ranks' places.
Place earliest(comm::Communicator const& comm, Place local) {
    std::uint64_t const words[2] = {local.time_and_file, local.line};
    auto const all = comm::allgather_all(comm, std::span<std::uint64_t const>(words));
    Place first = beyond_all;
    for (std::size_t i = 0; i < all.size(); i += 2)
        first = std::min(first, Place{all[i], all[i + 1]});
    return first;
}

std::vector<core::Trip> merge(std::vector<std::vector<core::Trip>> const& lists) {
    using Head = std::pair<std::size_t, std::size_t>;  // list, and place in it
    auto const later = [&](Head const& a, Head const& b) {
        return order_of(lists[b.first][b.second]) < order_of(lists[a.first][a.second]);
    };
    std::priority_queue<Head, std::vector<Head>, decltype(later)> heads(later);
    std::size_t total = 0;
    for (std::size_t list = 0; list < lists.size(); ++list) {
        total += lists[list].size();
        if (!lists[list].empty()) heads.emplace(list, 0);
    }
    std::vector<core::Trip> merged;
    merged.reserve(total);
    while (!heads.empty()) {
        auto const [list, place] = heads.top();
        heads.pop();
        merged.push_back(lists[list][place]);
        if (place + 1 < lists[list].size()) heads.emplace(list, place + 1);
    }
    return merged;
}

}  // namespace

TripPart take_next_trips(comm::Communicator const& comm, core::TripTable const& trips,
                         std::span<std::uint32_t const>& rows, std::uint64_t most) {
    // A rank that has more than its share hands over no more than that; what other ranks have beyond the last of it
    // must wait, for that rank may have something that comes before.
    auto const share =
        static_cast<std::size_t>(std::max<std::uint64_t>(1, most / static_cast<std::uint64_t>(comm.size())));
    Place const cut = earliest(comm, rows.size() <= share ? beyond_all : place_of(trips, rows[share - 1]));
    auto const end =
        std::partition_point(rows.begin(), rows.end(), [&](std::uint32_t row) { return place_of(trips, row) <= cut; });
    std::vector<core::Trip> mine;
    mine.reserve(static_cast<std::size_t>(end - rows.begin()));
    std::transform(rows.begin(), end, std::back_inserter(mine),
                   [&](std::uint32_t row) { return core::trip_at(trips, row); });
    rows = {end, rows.end()};
    return {merge(comm::gather_to_root(comm, std::span<core::Trip const>(mine))), cut == beyond_all};
}

}  // namespace tessera::reduce
