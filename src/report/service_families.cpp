#include "service_families.hpp"

#include <string>

namespace tessera::report {
namespace {

constexpr double nanoseconds_in_second = 1e9;

/// Whether a handler can give such a reply, as far as one can tell without knowing it.
bool may_reply(HttpHandler handler, int status) {
    switch (status) {
        case 200:
            return handler != HttpHandler::other;
        case 303:
            return handler == HttpHandler::page;
        case 304:
            return handler == HttpHandler::page || handler == HttpHandler::tiles;
        case 431:
            return handler == HttpHandler::other;
        default:
            return true;
    }
}

template <class Add>
void for_each_handler(Add const& add) {
    for (std::size_t i = 0; i < http_handler_count; ++i)
        add(static_cast<HttpHandler>(i));
}

void add_replies(MetricFamilies& out, HttpReplies const& replies) {
    out.begin_counter("tessera_http_replies_total", "HTTP replies written, by who gave them and by their status.");
    for_each_handler([&](HttpHandler handler) {
        for (int const status : http_statuses)
            // A series that is there from the start, at 0, is one whose first increase is seen.
            if (auto const count = replies.count(handler, status); count > 0 || may_reply(handler, status))
                out.add({{"handler", name_of(handler)}, {"code", std::to_string(status)}}, count);
        if (auto const count = replies.count(handler, 0); count > 0)
            out.add({{"handler", name_of(handler)}, {"code", "other"}}, count);
    });
    out.begin_histogram("tessera_http_reply_duration_seconds",
                        "From a request's first byte until its reply was written, or until its stream began.");
    for_each_handler([&](HttpHandler handler) {
        out.add({{"handler", name_of(handler)}}, replies.duration_ns(handler), nanoseconds_in_second);
    });
}

void add_connections(MetricFamilies& out, HttpMetrics const& http) {
    out.begin_gauge("tessera_http_connections", "HTTP connections that are open.");
    out.add({}, http.connections.now);
    out.begin_gauge("tessera_http_connections_limit", "How many may be open.");
    out.add({}, http.connections.most);
    out.begin_counter("tessera_http_accepted_connections_total", "HTTP connections that were opened.");
    out.add({}, http.accepted);
    out.begin_counter("tessera_http_evicted_connections_total",
                      "Silent HTTP connections that were closed to make room for others.");
    out.add({}, http.evicted);
    out.begin_counter("tessera_http_timed_out_connections_total",
                      "HTTP connections that were closed because their client took too long.");
    out.add({}, http.timed_out);
    out.begin_counter("tessera_http_received_bytes_total", "Bytes of HTTP requests that were read.");
    out.add({}, http.received_bytes);
    out.begin_counter("tessera_http_sent_bytes_total", "Bytes of HTTP replies and events that were written.");
    out.add({}, http.sent_bytes);
}

void add_load(MetricFamilies& out, HttpMetrics const& http) {
    out.begin_gauge("tessera_ready", "1 while requests are answered, 0 while the store is loaded and at the end.");
    out.add({}, http.ready ? 1.0 : 0.0);
    out.begin_gauge("tessera_http_requests_in_flight", "HTTP requests not yet answered in full, this one included.");
    out.add({}, http.calls.now);
    out.begin_gauge("tessera_http_requests_in_flight_limit", "How many there may be; then 503.");
    out.add({}, http.calls.most);
    out.begin_gauge("tessera_http_queued_requests", "HTTP requests that nobody has begun to deal with.");
    out.add({}, http.queued);
    out.begin_gauge("tessera_http_held_bytes", "Bytes of bodies and replies on their way.");
    out.add({}, http.held_bytes.now);
    out.begin_gauge("tessera_http_held_limit_bytes", "How many there may be; then 503.");
    out.add({}, http.held_bytes.most);
    out.begin_counter("tessera_http_refused_requests_total",
                      "HTTP requests that came no further than the door: none, too large, without the token, or "
                      "when there was no room.");
    out.add({}, http.refused);
    out.begin_counter("tessera_http_unread_replies_total", "HTTP replies that their client did not take to the end.");
    out.add({}, http.unread);
}

}  // namespace

void add_http(MetricFamilies& out, HttpMetrics const& http) {
    add_load(out, http);
    add_replies(out, http.replies);
    add_connections(out, http);
    out.begin_gauge("tessera_streams", "Replays under way.");
    out.add({}, http.streams.now);
    out.begin_gauge("tessera_streams_limit", "How many there may be; then 503.");
    out.add({}, http.streams.most);
}

void add_streams(MetricFamilies& out, StreamMetrics const& streams) {
    out.begin_counter("tessera_streams_started_total", "Replays that were begun.");
    out.add({}, streams.started);
    out.begin_counter("tessera_streams_finished_total", "Replays that came to their last window.");
    out.add({}, streams.finished);
    out.begin_counter("tessera_stream_events_total", "Events sent, by what they tell.");
    out.add({{"event", "window"}}, streams.windows);
    out.add({{"event", "end"}}, streams.finished);
    out.begin_counter("tessera_stream_trips_total", "Trips in the windows that were sent.");
    out.add({}, streams.trips);
    out.begin_histogram("tessera_stream_delay_seconds", "From when a window was due until it was sent.");
    out.add({}, streams.late_ns, nanoseconds_in_second);
}

void add_maps(MetricFamilies& out, MapMetrics const& maps) {
    out.begin_counter("tessera_map_tiles_total", "Map tiles asked for, by what became of them.");
    out.add({{"outcome", "drawn"}}, maps.drawn);
    out.add({{"outcome", "blank"}}, maps.blank);
    out.add({{"outcome", "not_modified"}}, maps.not_modified);
    out.add({{"outcome", "failed"}}, maps.failed);
    out.begin_counter("tessera_map_tile_bytes_total", "Bytes of map tiles that were handed over.");
    out.add({}, maps.bytes);
    out.begin_counter("tessera_map_tile_rows_total", "Rows that map tiles looked at, over all ranks.");
    out.add({}, maps.rows);
    out.begin_counter("tessera_map_scales_total", "Colour scales that had to be made for map tiles.");
    out.add({}, maps.scales);
    out.begin_histogram("tessera_map_tile_draw_duration_seconds",
                        "From when all ranks began to draw a map tile until it was handed over.");
    out.add({}, maps.draw_ns, nanoseconds_in_second);
}

}  // namespace tessera::report
