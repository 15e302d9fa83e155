#include "tessera/desk/live_replays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tessera/core/error.hpp"
#include "tessera/desk/query_filter.hpp"
#include "tessera/report/literal.hpp"
#include "tessera/report/window.hpp"

namespace tessera::desk {
namespace {

/// Windows that are asked for together, and how few are left when more are asked for.
constexpr std::uint32_t windows_a_question = 16;
constexpr std::size_t least_ready = 8;
/// A client that wants more has another need than to look on.
constexpr double most_windows_a_second = 50;
constexpr std::uint32_t most_points = 10'000;

/// A number in a query.
double read_number(web::Query const& query, std::string_view name, double least, double most, double usual) {
    auto const text = web::find_value(query, name);
    if (!text) return usual;
    char* end = nullptr;
    double const value = std::strtod(text->c_str(), &end);
    bool const is_plain = text->find_first_not_of("0123456789.") == std::string::npos;
    if (text->empty() || *end != '\0' || !is_plain || !(value >= least && value <= most))
        throw core::UsageError(fmt::format("{} must be a number from {} to {}, not '{}'", name, least, most, *text));
    return value;
}

/// "60s", "15m", "1h" or plain seconds.
std::uint32_t read_every(web::Query const& query) {
    std::string text = web::find_value(query, "every").value_or("60s");
    std::uint32_t unit = 1;
    if (!text.empty() && std::string_view("smhd").find(text.back()) != std::string_view::npos) {
        unit = text.back() == 'm' ? 60 : text.back() == 'h' ? 3600 : text.back() == 'd' ? 86'400 : 1;
        text.pop_back();
    }
    double const seconds = read_number({{"every", text}}, "every", 1, query::longest_window_seconds, 60) * unit;
    if (seconds != std::floor(seconds) || seconds > query::longest_window_seconds)
        throw core::UsageError(
            fmt::format("every must be whole seconds, at most {} in all", query::longest_window_seconds));
    return static_cast<std::uint32_t>(seconds);
}

std::string event_text(std::string_view name, std::string const& data) {
    return fmt::format("event: {}\ndata: {}\n\n", name, data);
}

void append_points(std::string& text, std::vector<query::LivePoint> const& points) {
    text.pop_back();  // the object goes on
    text += ",\"points\":[";
    for (query::LivePoint const& point : points) {
        text += &point == &points.front() ? "[" : ",[";
        report::append_degrees(text, point.at.lon);
        text += ',';
        report::append_degrees(text, point.at.lat);
        text += ']';
    }
    text += "]}";
}

}  // namespace

LiveReplays::Clock::time_point LiveReplays::Replay::due() const {
    auto const trip_seconds = static_cast<double>(sent + 1) * question.grid.every_seconds;
    return start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(trip_seconds / speed));
}

LiveReplays::Replay LiveReplays::read(web::Query const& query) {
    Replay replay;
    replay.question.filter = read_filter(reader_, query, {"speed", "every", "points"});
    replay.speed = read_number(query, "speed", 1, 1e6, 60);
    std::uint32_t const every = read_every(query);
    if (replay.speed / every > most_windows_a_second)
        throw core::UsageError(
            fmt::format("speed {} makes {:.0f} windows of {} s a second (at most {}); give a longer every",
                        replay.speed, replay.speed / every, every, most_windows_a_second));
    replay.question.points = static_cast<std::uint32_t>(read_number(query, "points", 0, most_points, 0));
    auto const from = std::max(replay.question.filter.from.value_or(span_.first), span_.first);
    auto const to = std::min(replay.question.filter.to.value_or(core::WallTime{span_.last.count + 1}),
                             core::WallTime{span_.last.count + 1});
    if (from < to) replay.question.grid = query::make_window_grid(from, {to.count - 1}, every);
    return replay;
}

void LiveReplays::add(web::Call&& call, Clock::time_point now) {
    try {
        Replay replay = read(call.target.query);
        replay.start = now;
        board_.change([](report::Metrics& metrics) { ++metrics.streams->started; });
        replay.stream = call.responder->open_stream();
        replays_.push_back(std::move(replay));
    } catch (core::UsageError const& error) {
        call.responder->reply(web::make_error(400, "bad_request", error.what()));
    }
}

void LiveReplays::ask(std::vector<query::LiveQuestion>& questions) {
    replays_.remove_if([](Replay const& replay) { return !replay.stream->is_open(); });
    for (Replay& replay : replays_) {
        std::uint64_t const left = replay.question.grid.windows - replay.question.first;
        replay.asking = left > 0 && replay.ready.size() < least_ready;
        if (!replay.asking) continue;
        replay.question.windows = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, windows_a_question));
        questions.push_back(replay.question);
    }
}

void LiveReplays::take(std::vector<std::vector<query::LiveWindow>>& lists) {
    auto list = lists.begin();
    for (Replay& replay : replays_) {
        if (!replay.asking) continue;
        replay.question.first += replay.question.windows;
        std::move(list->begin(), list->end(), std::back_inserter(replay.ready));
        ++list;
    }
}

void LiveReplays::send_window(Replay& replay, Clock::time_point now) {
    query::LiveWindow const& window = replay.ready.front();
    query::WindowGrid const& grid = replay.question.grid;
    std::string text;
    report::append_window_json(text, grid.from(replay.sent), grid.to(replay.sent), window.counts,
                               std::chrono::duration_cast<std::chrono::milliseconds>(now - replay.due()));
    if (replay.question.points > 0) append_points(text, window.points);
    board_.change([&](report::Metrics& metrics) {
        ++metrics.streams->windows;
        metrics.streams->trips += window.counts.trips;
        metrics.streams->late_ns.add(std::chrono::nanoseconds(now - replay.due()).count());
    });
    replay.stream->send(event_text("window", text));
    ++replay.sent;
    replay.trips += window.counts.trips;
    replay.ready.pop_front();
}

void LiveReplays::send(Clock::time_point now) {
    for (auto replay = replays_.begin(); replay != replays_.end();) {
        while (!replay->ready.empty() && replay->due() <= now)
            send_window(*replay, now);
        if (replay->sent < replay->question.grid.windows) {
            ++replay;
            continue;
        }
        board_.change([](report::Metrics& metrics) { ++metrics.streams->finished; });
        replay->stream->send(
            event_text("end", fmt::format("{{\"windows\":{},\"trips\":{}}}", replay->sent, replay->trips)));
        replay = replays_.erase(replay);  // which ends the stream
    }
}

LiveReplays::Clock::time_point LiveReplays::next_due(Clock::time_point latest) const {
    for (Replay const& replay : replays_)
        latest = std::min(latest, replay.due());
    return latest;
}

}  // namespace tessera::desk
