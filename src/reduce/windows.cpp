#include "tessera/reduce/windows.hpp"

#include <limits>
#include <span>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/request/wire.hpp"

namespace tessera::reduce {
namespace {

using query::WindowCounts;

/// Counts as one list of numbers; a window's tiles vary in number.
std::vector<std::uint64_t> pack(std::vector<WindowCounts> const& windows) {
    std::vector<std::uint64_t> words;
    for (WindowCounts const& window : windows) {
        words.push_back(window.trips);
        if (window.trips == 0) continue;
        words.insert(words.end(), window.of_source.begin(), window.of_source.end());
        words.insert(words.end(),
                     {window.known_fares, static_cast<std::uint64_t>(window.fare_cents), window.busiest.size()});
        for (query::TileTrips const& tile : window.busiest)
            words.insert(words.end(), {tile.trips, tile.key, tile.level});
    }
    return words;
}

/// The next window of a list.
WindowCounts unpack_next(std::vector<std::uint64_t>::const_iterator& next) {
    WindowCounts window;
    window.trips = *next++;
    if (window.trips == 0) return window;
    for (std::uint64_t& count : window.of_source)
        count = *next++;
    window.known_fares = *next++;
    window.fare_cents = static_cast<std::int64_t>(*next++);
    window.busiest.resize(*next++);
    for (query::TileTrips& tile : window.busiest) {
        tile.trips = *next++;
        tile.key = *next++;
        tile.level = *next++;
    }
    return window;
}

}  // namespace

std::vector<WindowCounts> reduce_windows(comm::Communicator const& comm, std::vector<WindowCounts> const& local) {
    if (comm.size() == 1) return local;
    auto const words = pack(local);
    std::vector<WindowCounts> global(comm.is_root() ? local.size() : 0);
    for (auto const& list : comm::gather_to_root(comm, std::span<std::uint64_t const>(words))) {
        auto next = list.begin();
        for (WindowCounts& window : global)
            window = query::merge(std::move(window), unpack_next(next));
    }
    return global;
}

void reduce_live_windows(comm::Communicator const& comm, std::vector<query::LiveQuestion> const& questions,
                         std::vector<std::vector<query::LiveWindow>>& lists) {
    if (comm.size() == 1 || questions.empty()) return;
    std::vector<WindowCounts> counts;
    request::WireWriter points;
    for (auto const& list : lists)
        for (query::LiveWindow const& window : list) {
            counts.push_back(window.counts);
            points.put_list(std::span<query::LivePoint const>(window.points));
        }
    auto const global = reduce_windows(comm, counts);
    auto const bytes = points.take();
    auto const of_ranks = comm::gather_to_root(comm, std::span<std::byte const>(bytes));
    if (!comm.is_root()) return;
    auto next = global.begin();
    for (auto& list : lists)
        for (query::LiveWindow& window : list)
            window = {*next++, {}};
    for (auto const& of_rank : of_ranks) {
        request::WireReader in(of_rank);
        for (std::size_t question = 0; question < questions.size(); ++question)
            for (query::LiveWindow& window : lists[question])
                window = query::merge(std::move(window), {{}, in.get_list<query::LivePoint>()}, questions[question]);
    }
}

TimeSpan reduce_time_span(comm::Communicator const& comm, TimeSpan const& local) {
    constexpr std::uint32_t latest = std::numeric_limits<std::uint32_t>::max();
    // The latest time is found as the earliest of what is left until the end of time: one collective for both.
    std::uint32_t ends[2] = {local.empty ? latest : local.first.count,
                             local.empty ? latest : latest - local.last.count};
    comm::allreduce(comm, comm::Reduction::min, std::span<std::uint32_t>(ends));
    // No pick-up has the time 2^32 - 1 (years end with 2105), so that it stands for none.
    if (ends[0] == latest) return {};
    return {false, {ends[0]}, {latest - ends[1]}};
}

}  // namespace tessera::reduce
