#include "tessera/report/window.hpp"

#include <fmt/format.h>

#include <iterator>

#include "tessera/geo/hilbert.hpp"
#include "tessera/report/cell.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

void append_edges(std::string& text, CellEdges const& edges) {
    char separator = '[';
    for (std::int64_t const edge : {edges.west, edges.south, edges.east, edges.north}) {
        text += separator;
        append_degrees(text, edge);
        separator = ',';
    }
    text += ']';
}

void append_tile(std::string& text, query::TileTrips const& tile) {
    auto const level = static_cast<unsigned>(tile.level);
    text += "{\"key\":";
    append_count(text, tile.key);
    text += ",\"level\":";
    append_count(text, tile.level);
    text += ",\"box\":";
    append_edges(text, edges_of_cell(geo::prefix_of(tile.key, level), level));
    text += ",\"trips\":";
    append_count(text, tile.trips);
    text += '}';
}

void append_sources(std::string& text, query::WindowCounts const& counts) {
    char separator = '{';
    for (std::size_t i = 0; i < core::all_sources.size(); ++i) {
        text += separator;
        text += '"';
        text += core::name_of(core::all_sources[i]);
        text += "\":";
        append_count(text, counts.of_source[i]);
        separator = ',';
    }
    text += '}';
}

}  // namespace

void append_window_json(std::string& text, core::WallTime from, core::WallTime to, query::WindowCounts const& counts,
                        std::chrono::milliseconds behind) {
    text += "{\"from\":\"";
    append_time(text, from);
    text += "\",\"to\":\"";
    append_time(text, to);
    text += "\",\"trips\":";
    append_count(text, counts.trips);
    text += ",\"sources\":";
    append_sources(text, counts);
    text += ",\"fares\":{\"sum\":";
    append_hundredths(text, counts.fare_cents);
    text += ",\"known\":";
    append_count(text, counts.known_fares);
    text += "},\"tiles\":[";
    for (std::size_t i = 0; i < counts.busiest.size(); ++i) {
        if (i > 0) text += ',';
        append_tile(text, counts.busiest[i]);
    }
    fmt::format_to(std::back_inserter(text), "],\"behind_s\":{}.{:03}}}", behind.count() / 1000, behind.count() % 1000);
}

}  // namespace tessera::report
