#include "tessera/reduce/maps.hpp"

#include <exception>

#include "map_parts.hpp"
#include "tessera/comm/exchange.hpp"

namespace tessera::reduce {
namespace {

/// Samples are of the whole store: where there is one, every rank has a part in it.
std::vector<std::uint8_t> senders_of(MapRound const& round, std::size_t ranks) {
    std::vector<std::uint8_t> senders(ranks, round.samples.empty() ? 0 : 1);
    for (std::size_t i = 0; i < round.touched.size(); ++i)
        senders[i % ranks] |= round.touched[i];
    return senders;
}

/// Local. The message of this rank; where there is no room for it, one that says so.
std::vector<std::byte> pack(MapRound const& round, MapCounts const& counts, std::size_t ranks, std::size_t me) {
    try {
        request::WireWriter out;
        put_map_counts(out, round, counts, ranks, me);
        return out.take();
    } catch (std::exception const& error) {
        request::WireWriter out;
        MapCounts failed;
        failed.error = error.what();
        put_map_counts(out, round, failed, ranks, me);
        return out.take();
    }
}

/// Local. Adds all ranks' messages to the root's own counts.
void add_up(std::vector<std::vector<std::byte>> const& messages, MapRound const& round, MapCounts& counts) {
    for (std::size_t rank = 1; rank < messages.size(); ++rank) {
        if (messages[rank].empty()) continue;
        request::WireReader in(messages[rank]);
        add_map_counts(in, round, messages.size(), rank, counts);
    }
    for (auto& sample : counts.samples) {
        std::vector<std::vector<query::TalliedPixel>> lists(2);
        lists.front() = std::move(sample);  // all ranks' lists, one after the other
        sample = query::merge_tallies(std::move(lists));
    }
}

}  // namespace

void put_map_round(request::WireWriter& out, MapRound const& round) {
    out.put(std::uint64_t{round.pictures.size()});
    for (query::MapQuestion const& picture : round.pictures) {
        out.put(picture.tile);
        request::put_filter(out, picture.filter);
        out.put(picture.measure);
    }
    out.put_list(std::span<std::uint8_t const>(round.touched));
    out.put(std::uint64_t{round.samples.size()});
    for (query::MapSampleQuestion const& sample : round.samples) {
        out.put(sample.level);
        out.put(sample.thinning);
        request::put_filter(out, sample.filter);
        out.put(sample.measure);
    }
}

MapRound get_map_round(request::WireReader& in) {
    MapRound round;
    for (auto left = in.get<std::uint64_t>(); left > 0; --left) {
        query::MapQuestion& picture = round.pictures.emplace_back();
        picture.tile = in.get<query::MapTile>();
        picture.filter = request::get_filter(in);
        picture.measure = in.get<query::Measure>();
    }
    round.touched = in.get_list<std::uint8_t>();
    for (auto left = in.get<std::uint64_t>(); left > 0; --left) {
        query::MapSampleQuestion& sample = round.samples.emplace_back();
        sample.level = in.get<std::uint32_t>();
        sample.thinning = in.get<std::uint32_t>();
        sample.filter = request::get_filter(in);
        sample.measure = in.get<query::Measure>();
    }
    return round;
}

MapCounts count_maps(comm::Communicator const& comm, query::TripIndex const& index, MapRound const& round) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    auto const start = std::chrono::steady_clock::now();
    MapCounts counts = count_map_parts(index, round, ranks, me);
    counts.my_work = std::chrono::steady_clock::now() - start;
    if (ranks == 1) return counts;
    auto const senders = senders_of(round, ranks);
    std::vector<std::byte> message;
    if (!comm.is_root() && senders[me] != 0) message = pack(round, counts, ranks, me);
    auto const messages = comm::gather_from_some_to_root(comm, senders, message);
    if (!comm.is_root() || !counts.error.empty()) return counts;
    try {
        add_up(messages, round, counts);
    } catch (std::exception const& error) {
        counts.error = error.what();
    }
    return counts;
}

}  // namespace tessera::reduce
