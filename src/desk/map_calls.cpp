#include "tessera/desk/map_calls.hpp"

#include <algorithm>
#include <charconv>

#include "tessera/core/error.hpp"
#include "tessera/desk/map_tag.hpp"
#include "tessera/desk/query_filter.hpp"

namespace tessera::desk {
namespace {

/// Tiles that are drawn together. A few, so that the first ones of a view need not wait for all.
constexpr std::size_t most_together = 8;

/// The path is of no tile.
struct NoTile {};

std::uint32_t read_number(std::string_view& path, std::string_view end) {
    std::uint32_t number = 0;
    auto const [rest, error] = std::from_chars(path.data(), path.data() + path.size(), number);
    path.remove_prefix(static_cast<std::size_t>(rest - path.data()));
    if (error != std::errc() || !path.starts_with(end)) throw NoTile();
    path.remove_prefix(end.size());
    return number;
}

/// "/tiles/11/602/770.png"
query::MapTile read_tile(std::string_view path, std::uint32_t size) {
    constexpr std::string_view before = "/tiles/";
    path.remove_prefix(before.size());
    query::MapTile tile;
    tile.zoom = read_number(path, "/");
    tile.x = read_number(path, "/");
    tile.y = read_number(path, ".png");
    tile.size = size;
    if (!path.empty()) throw NoTile();
    return tile;
}

std::uint32_t read_size(web::Query const& query) {
    std::string const text = web::find_value(query, "size").value_or("256");
    if (text != "256" && text != "512") throw core::UsageError("size must be 256 or 512, not '" + text + "'");
    return text == "256" ? 256 : 512;
}

}  // namespace

query::MapQuestion MapCalls::read(web::Target const& target) {
    query::MapQuestion question;
    question.filter = read_filter(reader_, target.query, {"measure", "size"});
    question.measure = query::parse_map_measure(web::find_value(target.query, "measure").value_or("trips"));
    question.tile = read_tile(target.path, read_size(target.query));
    try {
        query::require_in_pyramid(question.tile);
    } catch (core::UsageError const&) {
        throw NoTile();
    }
    return question;
}

void MapCalls::add(web::Call&& call) {
    Waiting waiting;
    try {
        waiting.question = read(call.target);
    } catch (core::UsageError const& error) {
        return call.responder->reply(web::make_error(400, "bad_request", error.what()));
    } catch (NoTile const&) {
        return call.responder->reply(web::make_error(
            404, "not_found",
            "there is no such tile: the path is /tiles/ZOOM/X/Y.png, with a zoom from 0 to 20 and x and "
            "y below 2^zoom"));
    }
    waiting.etag = etag_of(store_digest_, waiting.question);
    if (web::names_tag(call.none_match, waiting.etag)) {
        board_.change([](report::Metrics& metrics) { ++metrics.maps->not_modified; });
        return call.responder->reply({304, "image/png", {}, {{"ETag", waiting.etag}, {"Cache-Control", "no-cache"}}});
    }
    waiting.call = std::move(call);
    waiting_.push_back(std::move(waiting));
}

reduce::MapRound MapCalls::begin() {
    std::vector<query::MapQuestion> questions;
    begun_ = std::min(waiting_.size(), most_together);
    for (std::size_t i = 0; i < begun_; ++i)
        questions.push_back(waiting_[i].question);
    begun_at_ = Clock::now();
    auto round = artist_.plan(questions);
    scales_ = round.samples.size();
    return round;
}

void MapCalls::finish(reduce::MapCounts const& counts) {
    if (begun_ == 0) return;
    auto const drawings = artist_.paint(counts);
    count(drawings, counts.looked.rows);
    for (Drawing const& drawing : drawings) {
        Waiting& waiting = waiting_.front();
        if (drawing.png)
            waiting.call.responder->reply(
                {200,
                 "image/png",
                 std::string(reinterpret_cast<char const*>(drawing.png->data()), drawing.png->size()),
                 {{"ETag", waiting.etag}, {"Cache-Control", "no-cache"}}});
        else
            waiting.call.responder->reply(web::make_error(500, "failed", drawing.error));
        waiting_.pop_front();
    }
    begun_ = 0;
}

void MapCalls::count(std::vector<Drawing> const& drawings, std::uint64_t rows) {
    auto const duration = std::chrono::nanoseconds(Clock::now() - begun_at_);
    board_.change([&](report::Metrics& metrics) {
        report::MapMetrics& maps = *metrics.maps;
        maps.scales += scales_;
        maps.rows += rows;
        for (Drawing const& drawing : drawings) {
            ++(!drawing.png ? maps.failed : drawing.is_blank ? maps.blank : maps.drawn);
            if (!drawing.png) continue;
            maps.bytes += drawing.png->size();
            if (!drawing.is_blank) maps.draw_ns.add(duration.count());
        }
    });
}

}  // namespace tessera::desk
