#include "tessera/report/aggregate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tessera/core/error.hpp"
#include "tessera/report/cell.hpp"
#include "tessera/report/group.hpp"
#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"
#include "tessera/report/text_sink.hpp"

namespace tessera::report {
namespace {

bool is_tile(query::Key key) {
    return key.kind == query::KeyKind::pickup_tile || key.kind == query::KeyKind::dropoff_tile;
}

void write_csv(TextSink& sink, query::Groups const& groups, query::AggregateQuestion const& question) {
    sink.text() += fmt::format("{}\n", fmt::join(header_of(question), ","));
    for (query::Group const& group : groups) {
        char const* separator = "";
        for (Cell const& cell : cells_of(group, question)) {
            sink.text() += separator;
            sink.text() += cell.text;
            separator = ",";
        }
        sink.text() += '\n';
        sink.end_row();
    }
}

void write_json(TextSink& sink, query::Groups const& groups, query::AggregateQuestion const& question) {
    sink.text() += fmt::format("{{\"columns\":{},\"rows\":[", columns_json(question));
    char const* separator = "\n";
    for (query::Group const& group : groups) {
        sink.text() += separator;
        append_group_json(sink.text(), group, question);
        separator = ",\n";
        sink.end_row();
    }
    sink.text() += "\n]}\n";
}

void write_geojson(TextSink& sink, query::Groups const& groups, query::AggregateQuestion const& question) {
    auto const tile_key = std::find_if(question.keys.begin(), question.keys.end(), is_tile);
    auto const tile_place = static_cast<std::size_t>(tile_key - question.keys.begin());
    std::vector<std::string> members;
    for (std::string const& column : header_of(question))
        members.push_back(quote_json(column) + ':');

    sink.text() += R"({"type":"FeatureCollection","features":[)";
    char const* separator = "\n";
    for (query::Group const& group : groups) {
        auto const prefix = query::unpack(group.key, question.keys)[tile_place];
        sink.text() += separator;
        sink.text() += R"({"type":"Feature","geometry":)";
        sink.text() += prefix ? cell_polygon(static_cast<std::uint64_t>(*prefix), tile_key->level) : "null";
        sink.text() += R"(,"properties":{)";
        auto const cells = cells_of(group, question);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) sink.text() += ',';
            sink.text() += members[i];
            append_cell_json(sink.text(), cells[i]);
        }
        sink.text() += "}}";
        separator = ",\n";
        sink.end_row();
    }
    sink.text() += "\n]}\n";
}

}  // namespace

void require_drawable(Format format, query::AggregateQuestion const& question) {
    auto const tile_keys = std::count_if(question.keys.begin(), question.keys.end(), is_tile);
    if (format != Format::geojson || tile_keys == 1) return;
    throw core::UsageError(
        fmt::format("geojson needs one tile key, not {} (each group is drawn as the cell of its tile); group by one of "
                    "pickup_tile:LEVEL and dropoff_tile:LEVEL, or choose another format",
                    tile_keys));
}

void write_groups(std::ostream& out, Format format, query::Groups const& groups,
                  query::AggregateQuestion const& question) {
    require_drawable(format, question);
    TextSink sink(out);
    switch (format) {
        case Format::csv:
            write_csv(sink, groups, question);
            break;
        case Format::json:
            write_json(sink, groups, question);
            break;
        case Format::geojson:
            write_geojson(sink, groups, question);
            break;
    }
    sink.drain();
}

std::string cell_polygon(std::uint64_t prefix, unsigned level) {
    auto const [west, south, east, north] = edges_of_cell(prefix, level);
    std::string text = R"({"type":"Polygon","coordinates":[)";
    char separator = '[';
    using Corner = std::array<std::int64_t, 2>;
    for (auto const& [lon, lat] :
         {Corner{west, south}, Corner{east, south}, Corner{east, north}, Corner{west, north}, Corner{west, south}}) {
        text += separator;
        text += '[';
        append_degrees(text, lon);
        text += ',';
        append_degrees(text, lat);
        text += ']';
        separator = ',';
    }
    return text += "]]}";
}

}  // namespace tessera::report
