#include "made_up_requests.hpp"

#include <algorithm>

#include "bench_store.hpp"
#include "tessera/request/read_request.hpp"
#include "tessera/synth/generate_requests.hpp"

namespace tessera::bench {
namespace {

constexpr std::size_t bytes_behind_a_line = 64;

std::unique_ptr<synth::Scenes const> scenes_of_store() {
    geo::TileTable const& tiles = loaded_store().tiles;
    synth::Scenes::Frame frame{tiles.pickup_box[0], {tiles.first_time[0], tiles.last_time[0]}, {}, false};
    std::vector<synth::Anchor> anchors;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        geo::Box const& box = tiles.pickup_box[tile];
        frame.region.include(box);
        synth::TimeSpan const times{tiles.first_time[tile], core::WallTime{tiles.last_time[tile].count + 1}};
        frame.span = {std::min(frame.span.from, times.from), std::max(frame.span.to, times.to)};
        frame.dropoffs = frame.dropoffs || !tiles.dropoff_box[tile].empty();
        anchors.push_back({box, tiles.trips_in(tile), times});
    }
    for (core::Source const source : core::all_sources)
        if (std::ranges::count(loaded_store().trips.source, source) > 0) frame.sources.push_back(source);
    return synth::anchored_scenes(std::move(frame), std::move(anchors));
}

}  // namespace

RequestLines make_lines(std::size_t count, synth::RequestMix const& mix) {
    static auto const scenes = scenes_of_store();
    RequestLines made;
    synth::generate_requests({count, 1, mix}, *scenes,
                             [&](std::span<char const> bytes) { made.text.append(bytes.data(), bytes.size()); });
    std::size_t const end = made.text.size();
    made.text.append(bytes_behind_a_line, ' ');
    for (std::size_t begin = 0; begin < end;) {
        std::size_t const line_end = made.text.find('\n', begin);
        made.lines.push_back(std::string_view(made.text).substr(begin, line_end - begin));
        begin = line_end + 1;
    }
    return made;
}

synth::RequestMix only(request::Operation operation) {
    synth::RequestMix mix;
    mix.weights = {};
    mix.weights[static_cast<std::size_t>(operation)] = 1;
    return mix;
}

std::vector<request::Request> read_requests(RequestLines const& lines) {
    request::RequestReader reader(request::Limits{});
    std::vector<request::Request> requests;
    for (std::string_view const line : lines.lines)
        requests.push_back(std::get<request::Request>(reader.read(line)));
    return requests;
}

}  // namespace tessera::bench
