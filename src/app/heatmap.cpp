#include "tessera/query/heat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

#include "tessera/app/command.hpp"
#include "tessera/app/filter_options.hpp"
#include "tessera/app/load_tiles.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/reduce/reduce.hpp"
#include "tessera/report/color_map.hpp"
#include "tessera/report/picture.hpp"
#include "tessera/report/png.hpp"
#include "tessera/report/scale.hpp"
#include "version.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    options.add_options()                                                                          //
        ("output", po::value<std::string>()->required()->value_name("PNG"), "the picture's file")  //
        ("width", po::value<std::string>()->default_value("1200")->value_name("PIXELS"),
         "16 to 16384; the height follows")  //
        ("scale", po::value<std::string>()->default_value("eq")->value_name("SCALE"),
         "eq (equalised histogram: quiet streets show beside Midtown), log or linear");
    add_filter_options(options);
}

/// What to show where no box is given: where the trips are, but for a few far out. In tiles' boxes, one trip in two
/// hundred may be left outside at each edge.
geo::Box frame_of(geo::TileTable const& tiles, query::Filter const& filter, geo::Box const& region) {
    std::vector<std::pair<std::int32_t, std::uint64_t>> lons, lats;
    std::uint64_t total = 0;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile) {
        if (!query::may_match(filter, tiles, tile)) continue;
        geo::Box const& box = tiles.pickup_box[tile];
        lons.emplace_back(box.west / 2 + box.east / 2, tiles.trips_in(tile));
        lats.emplace_back(box.south / 2 + box.north / 2, tiles.trips_in(tile));
        total += tiles.trips_in(tile);
    }
    if (total == 0) return region;
    auto const quantile = [](auto& places, std::uint64_t below) {
        std::sort(places.begin(), places.end());
        std::uint64_t before = 0;
        for (auto const& [place, trips] : places)
            if ((before += trips) > below) return place;
        return places.back().first;
    };
    std::uint64_t const outside = total / 200;
    geo::Box frame{quantile(lons, outside), quantile(lats, outside), quantile(lons, total - 1 - outside),
                   quantile(lats, total - 1 - outside)};
    std::int32_t const margin = core::angle_units_per_degree / 50;
    return {std::max(region.west, frame.west - margin), std::max(region.south, frame.south - margin),
            std::min(region.east, frame.east + margin), std::min(region.north, frame.north + margin)};
}

void write_picture(comm::Communicator const& comm, query::HeatQuestion const& question, report::ScaleKind scale,
                   std::vector<std::uint64_t> const& counts, std::optional<std::filesystem::path> const& path) {
    comm::run_on_root(comm, "drawing the picture", [&] {
        auto const picture = report::paint(counts, question.width, question.height, report::Scale(scale, counts));
        std::string const title = question.filter.on == query::End::pickup ? "New York pick-ups" : "New York drop-offs";
        auto const png =
            report::encode_png(picture, report::make_ember(), {title, program_name_and_version, question.frame});
        report::write_output(path, [&](std::ostream& out) {
            out.write(reinterpret_cast<char const*>(png.data()), static_cast<std::streamsize>(png.size()));
        });
    });
}

Job prepare(po::variables_map const& values) {
    query::HeatQuestion question;
    question.filter = read_filter(values);
    question.width = static_cast<std::uint32_t>(read_integer(values, "width", 16, 16384, 1200));
    report::ScaleKind const scale = report::parse_scale(values["scale"].as<std::string>());
    auto const output = read_output_path(values);
    std::string const path = values["store"].as<std::string>();
    return [=](comm::Communicator const& comm, Launch const&) mutable {
        check_output(comm, output, path);
        auto const store = store::open_store(comm, path);
        note_far_place(comm.is_root(), question.filter, store.header.region);
        question.frame =
            question.filter.box ? *question.filter.box : frame_of(store.tiles, question.filter, store.header.region);
        question.height = query::height_of(question.frame, question.width);
        constexpr std::uint64_t most_pixels = std::uint64_t{1}
                                              << 26;  // every rank has 8 bytes for each, a thread 4 more
        if (std::uint64_t{question.width} * question.height > most_pixels)
            throw core::UsageError(
                fmt::format("--width {} makes a picture of this --box {} x {} pixels large (at most {} in all); give "
                            "less, or a wider box",
                            question.width, question.width, question.height, most_pixels));
        auto const loaded = load_matching_tiles(comm, store, question.filter, query::columns_of(question));
        auto counts = comm::run_local(comm, "counting pixels", [&] { return query::count_pixels(loaded, question); });
        reduce::reduce_pixels(comm, counts);
        write_picture(comm, question, scale, counts, output);
    };
}

}  // namespace

Command heatmap_command() {
    return {"heatmap",
            "STORE --output PNG [filters]",
            "draws where trips start (or end) as a picture",
            "tessera heatmap trips.h5 --output pickups.png --width 1600 --box -74.03,40.69,-73.90,40.83",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
