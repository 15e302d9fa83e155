#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <numeric>
#include <ostream>

#include "pyramid.hpp"
#include "pyramid_folder.hpp"
#include "tessera/app/command.hpp"
#include "tessera/app/filter_options.hpp"
#include "tessera/app/memory_need.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/open_checked.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/report/align.hpp"
#include "tessera/report/literal.hpp"
#include "tessera/report/tilejson.hpp"
#include "tessera/report/write_file.hpp"
#include "version.hpp"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

void add_options(po::options_description& options) {
    options.add_options()  //
        ("output", po::value<std::string>()->required()->value_name("DIR"),
         "the folder of the tiles: DIR/{z}/{x}/{y}.png and DIR/tilejson.json. As an XYZ layer in QGIS: "
         "file:///.../DIR/{z}/{x}/{y}.png")  //
        ("zoom", po::value<std::string>()->required()->value_name("A-B"),
         "the first and the last zoom, 0 to 20; 9-16 shows a city and its streets")  //
        ("size", po::value<std::string>()->default_value("256")->value_name("PIXELS"),
         "256, or 512 for screens with small pixels")  //
        ("measure", po::value<std::string>()->default_value("trips")->value_name("MEASURE"),
         "what colours show: trips, mean:FIELD or sum:FIELD (fare tip tolls total distance duration passengers)")  //
        ("url", po::value<std::string>()->default_value("{z}/{x}/{y}.png")->value_name("TEMPLATE"),
         "where tilejson.json says that tiles are")  //
        ("most-tiles", po::value<std::string>()->default_value("1000000")->value_name("N"),
         "draw nothing where it would be more")  //
        ("overwrite", po::bool_switch(), "replace a folder of tiles");
    add_filter_options(options);
}

struct Options {
    std::string store;
    fs::path folder;
    bool overwrite = false;
    std::string url;
    PyramidPlan plan;
};

/// "9-16", or a single zoom.
void read_zooms(std::string const& text, PyramidPlan& plan) {
    char const* const end = text.data() + text.size();
    auto const first = std::from_chars(text.data(), end, plan.least_zoom);
    bool good = first.ec == std::errc();
    plan.most_zoom = plan.least_zoom;
    if (good && first.ptr != end) {
        auto const last = std::from_chars(first.ptr + 1, end, plan.most_zoom);
        good = *first.ptr == '-' && last.ec == std::errc() && last.ptr == end;
    }
    if (!good || plan.most_zoom > query::most_zoom || plan.least_zoom > plan.most_zoom)
        throw core::UsageError(
            fmt::format("--zoom {}: must be FIRST-LAST, as 9-16, from 0 to {}", text, query::most_zoom));
}

Options read_options(po::variables_map const& values) {
    Options options;
    options.store = values["store"].as<std::string>();
    // Without slashes at the end: the name is what is renamed.
    std::string folder = values["output"].as<std::string>();
    while (folder.size() > 1 && folder.ends_with('/'))
        folder.pop_back();
    if (folder.empty() || folder == "-")
        throw core::UsageError(fmt::format("--output {}: tiles are many files; name a folder", folder));
    options.folder = folder;
    options.overwrite = values["overwrite"].as<bool>();
    options.url = values["url"].as<std::string>();
    PyramidPlan& plan = options.plan;
    read_zooms(values["zoom"].as<std::string>(), plan);
    plan.question.filter = read_filter(values);
    plan.question.measure = query::parse_map_measure(values["measure"].as<std::string>());
    std::string const size = values["size"].as<std::string>();
    if (size != "256" && size != "512") throw core::UsageError(fmt::format("--size {}: must be 256 or 512", size));
    plan.question.tile.size = size == "256" ? 256 : 512;
    plan.most_tiles = static_cast<std::uint64_t>(read_integer(values, "most-tiles", 1, 1'000'000'000, 1'000'000));
    return options;
}

/// Where the store's tiles that may match are, as far as the map shows it.
geo::Box bounds_of(geo::TileTable const& tiles, query::Filter const& filter) {
    geo::Box bounds;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        if (query::may_match(filter, tiles, tile)) bounds.include(query::boxes_of(tiles, filter.on)[tile]);
    query::Filter const on_map = query::inside(filter, geo::MapGrid::world());
    return *query::inside(on_map, bounds).box;
}

std::string tilejson_of(Options const& options, geo::TileTable const& tiles) {
    PyramidPlan const& plan = options.plan;
    query::Filter const& filter = plan.question.filter;
    return report::tilejson_of({.name = filter.on == query::End::pickup ? "New York pick-ups" : "New York drop-offs",
                                .software = program_name_and_version,
                                .url = options.url,
                                .least_zoom = plan.least_zoom,
                                .most_zoom = plan.most_zoom,
                                .size = plan.question.tile.size,
                                .bounds = bounds_of(tiles, filter)});
}

/// Told before anything is written.
void require_few_tiles(PyramidPlan const& plan, std::vector<std::uint64_t> const& tiles) {
    std::uint64_t total = 0;
    std::uint32_t zoom = plan.least_zoom;
    std::string remedy = "narrow the filter";
    for (std::uint64_t const of_zoom : tiles) {
        if ((total += of_zoom) > plan.most_tiles) break;
        remedy = fmt::format("--zoom {}-{} makes {}", plan.least_zoom, zoom++, report::with_separators(total));
    }
    if (total <= plan.most_tiles) return;
    throw core::UsageError(fmt::format(
        "--zoom {}-{} makes {} tiles, more than {}: {}, or raise --most-tiles", plan.least_zoom, plan.most_zoom,
        report::with_separators(std::accumulate(tiles.begin(), tiles.end(), std::uint64_t{0})),
        report::with_separators(plan.most_tiles), remedy));
}

/// Collective. The tiles of all zooms into the partial folder. What was written, the last zoom first.
std::vector<ZoomSize> write_zooms(comm::Communicator const& comm, store::OpenStore const& store, Options const& options,
                                  PyramidLevel& level, Progress& progress) {
    fs::path const folder = partial_folder(options.folder);
    comm::run_local(comm, "the tiles", [&] {
        if (!fs::exists(folder / "tilejson.json"))
            throw core::DataError(core::describe({folder.string(), 0, "", ""}, "is not seen by every rank",
                                                 "name a folder on a file system that all hosts share"));
    });
    std::vector<ZoomSize> written;
    for (;;) {
        report::MapScale const scale = level.scale(comm, store);
        ZoomSize const mine = comm::run_local(
            comm, "drawing tiles", [&] { return write_level(options.plan, level, scale, folder, progress); });
        std::uint64_t sizes[2] = {mine.tiles, mine.bytes};
        comm::allreduce(comm, comm::Reduction::sum, std::span<std::uint64_t>(sizes));
        written.push_back({sizes[0], sizes[1]});
        if (level.zoom() == options.plan.least_zoom) return written;
        level.go_up(comm);
    }
}

std::string table_of(PyramidPlan const& plan, std::vector<ZoomSize> const& written) {
    std::vector<std::vector<std::string>> rows{{"zoom", "tiles", "bytes"}};
    ZoomSize total;
    for (std::size_t i = written.size(); i-- > 0;) {
        rows.push_back({std::to_string(plan.most_zoom - i), report::with_separators(written[i].tiles),
                        report::with_separators(written[i].bytes)});
        total.tiles += written[i].tiles;
        total.bytes += written[i].bytes;
    }
    rows.push_back({"all", report::with_separators(total.tiles), report::with_separators(total.bytes)});
    return report::align_columns(rows, 0);
}

void run(comm::Communicator const& comm, Launch const& launch, Options const& options) {
    comm::run_on_root(comm, "--output", [&] { check_pyramid_place(options.folder, options.overwrite, options.store); });
    auto const store = open_checked(comm, options.store, launch);
    PyramidPlan const& plan = options.plan;
    note_far_place(comm.is_root(), plan.question.filter, store.header.region);
    constexpr std::uint64_t bytes_a_trip = 40;  // its columns, and at the least what is kept of a pixel
    require_memory(comm, find_memory_limit(), "counting pixels",
                   unreclaimable_bytes() + store.header.trips / static_cast<std::uint64_t>(comm.size()) * bytes_a_trip);
    Progress progress(comm.is_root(), launch);
    progress.show("counting pixels");
    PyramidLevel level(comm, store, plan);
    require_few_tiles(plan, level.count_tiles(comm));
    auto const partial = comm::run_on_root(comm, "--output", [&] {
        return std::make_unique<PartialPyramid>(options.folder, tilejson_of(options, store.tiles));
    });
    auto const written = write_zooms(comm, store, options, level, progress);
    progress.clear();
    comm::run_on_root(comm, "--output", [&] {
        partial->put_in_place(options.overwrite);
        report::write_stdout([&](std::ostream& out) { out << table_of(plan, written); });
    });
}

Job prepare(po::variables_map const& values) {
    Options const options = read_options(values);
    return [options](comm::Communicator const& comm, Launch const& launch) { run(comm, launch, options); };
}

}  // namespace

Command tiles_command() {
    return {"tiles",
            "STORE --output DIR --zoom A-B [filters]",
            "draws where trips start (or end) as the tiles of a web map",
            "mpirun -n 2 tessera tiles trips.h5 --output tiles --zoom 9-16 --source uber",
            add_options,
            "store",
            false,
            prepare};
}

}  // namespace tessera::app
