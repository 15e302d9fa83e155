#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <ostream>

#include "tessera/app/command.hpp"
#include "tessera/app/ingest_watch.hpp"
#include "tessera/app/memory_need.hpp"
#include "tessera/app/notes.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/app/output_place.hpp"
#include "tessera/app/read_inputs.hpp"
#include "tessera/app/rejects.hpp"
#include "tessera/app/resident_memory.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/report/ledger.hpp"
#include "tessera/report/write_file.hpp"
#include "tessera/sizing/predict.hpp"
#include "tessera/store/write_store.hpp"
#include "tessera/tiling/duplicates.hpp"
#include "tessera/tiling/tile_trips.hpp"
#include "version.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    options.add_options()                                                                                 //
        ("store", po::value<std::string>()->required()->value_name("FILE"), "the store to write (HDF5)")  //
        ("overwrite", po::bool_switch(), "replace a store of that name")                                  //
        ("region", po::value<std::string>()->default_value("-74.30,40.45,-73.60,41.00")->value_name("W,S,E,N"),
         "pick-ups outside are rejected (degrees, edges included)")                                                 //
        ("max-hours", po::value<std::string>()->default_value("24")->value_name("H"), "longer trips are rejected")  //
        ("tile-trips", po::value<std::string>()->default_value("1024")->value_name("N"),
         "a tile with more trips is split")  //
        ("format", po::value<std::string>()->default_value("auto")->value_name("FORMAT"),
         "auto (by each file's header), yellow, green or uber")  //
        ("rejects", po::value<std::string>()->value_name("FILE"),
         "write every rejected row: file,line,reason,text (the first 8 MiB of a longer line)")  //
        ("ledger", po::value<std::string>()->value_name("FILE"), "write the ledger as JSON")    //
        ("compress", po::value<std::string>()->default_value("none")->value_name("HOW"),
         "none, or deflate: about half the size, slower to write and read");
    add_metrics_option(options);
    add_timings_option(options);
}

struct Options {
    std::vector<std::string> inputs;
    store::WriteOptions store;
    ingest::ParseOptions parse;
    std::uint64_t tile_trips;
    std::optional<core::Source> format;
    std::optional<std::string> rejects, ledger;
    std::optional<MetricsOption> metrics;
    TimingsOption timings;
};

Options read_options(po::variables_map const& values) {
    Options options;
    options.inputs = values["input"].as<std::vector<std::string>>();
    options.store = {values["store"].as<std::string>(), values["overwrite"].as<bool>(), store::Compression::none};
    options.parse.rules.region = *read_box(values, "region");
    options.parse.rules.longest_s =
        static_cast<std::uint32_t>(read_integer(values, "max-hours", 1, 100'000, 24)) * 3600;
    options.tile_trips = static_cast<std::uint64_t>(read_integer(values, "tile-trips", 1, std::int64_t{1} << 31, 1024));
    std::string const format = values["format"].as<std::string>(), compress = values["compress"].as<std::string>();
    options.format = core::find_source(format);
    if (!options.format && format != "auto")
        throw core::UsageError(fmt::format("--format {}: must be auto, yellow, green or uber", format));
    if (compress == "deflate")
        options.store.compression = store::Compression::deflate;
    else if (compress != "none")
        throw core::UsageError(fmt::format("--compress {}: must be none or deflate", compress));
    options.rejects = read_text(values, "rejects");
    options.ledger = read_text(values, "ledger");
    options.metrics = read_metrics_option(values);
    options.timings = read_timings_option(values);
    options.parse.keep_rejected = options.rejects.has_value();
    return options;
}

/// Bytes of files, or of those in a ledger.
template <class Files>
std::uint64_t bytes_of(Files const& files) {
    std::uint64_t bytes = 0;
    for (auto const& file : files)
        bytes += file.bytes;
    return bytes;
}

/// Collective. No output may be an input, or another output.
void check_places(comm::Communicator const& comm, Options const& options, std::vector<ingest::NamedPath> const& found) {
    comm::run_on_root(comm, "the outputs", [&] {
        std::vector<NamedFile> outputs{{"the store", options.store.path}}, inputs;
        if (options.rejects) outputs.push_back({"--rejects", *options.rejects});
        if (options.ledger) outputs.push_back({"--ledger", *options.ledger});
        if (options.metrics) outputs.push_back({"--metrics", options.metrics->path});
        add_timings_file(options.timings, outputs);
        for (ingest::NamedPath const& file : found)
            inputs.push_back({"an input", file.path});
        check_outputs(outputs, inputs);
    });
}

/// Collective. Finds duplicates, now that equal trips lie side by side, and adds them to the ledger.
void count_duplicates(comm::Communicator const& comm, tiling::TiledTrips const& tiled, core::Ledger& ledger) {
    auto counts = comm::run_local(comm, "counting duplicates", [&] {
        std::vector<std::uint64_t> first;
        std::uint64_t const start = tiled.tiles.first_trip[tiled.first_tile];
        for (std::size_t tile = tiled.first_tile; tile <= tiled.last_tile; ++tile)
            first.push_back(tiled.tiles.first_trip[tile] - start);
        return tiling::count_duplicates(tiled.trips, tiled.rows, first, ledger.size());
    });
    comm::allreduce(comm, comm::Reduction::sum, std::span(counts));
    for (std::size_t file = 0; file < ledger.size(); ++file)
        ledger[file].counts.odd[static_cast<std::size_t>(core::Oddity::duplicate)] = counts[file];
}

/// Collective. What was read, in the files that were asked for.
void write_accounts(comm::Communicator const& comm, Options const& options, ReadTrips& read) {
    if (options.rejects) write_rejects(comm, std::move(read.rejected), read.ledger, *options.rejects);
    comm::run_on_root(comm, "writing the ledger", [&] {
        if (options.ledger)
            report::write_file(*options.ledger,
                               [&](std::ostream& out) { report::write_ledger_json(out, read.ledger); });
    });
}

/// Collective. What it cost, on standard error.
void tell_cost(comm::Communicator const& comm, core::Ledger const& ledger, tiling::TiledTrips const& tiled,
               IngestWatch const& watch) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const global_peak_kib = comm::allreduce(comm, comm::Reduction::max, std::int64_t{usage.ru_maxrss});
    auto const global_sent = comm::allreduce(comm, comm::Reduction::sum, tiled.traffic.bytes_sent);
    if (!comm.is_root()) return;
    if (core::total_of(ledger).kept == 0) fmt::print(stderr, "note: no trip was kept; the ledger tells why\n");
    double const seconds = watch.seconds_of(""), megabytes = static_cast<double>(bytes_of(ledger)) / 1e6;
    fmt::print(stderr,
               "{} trips in {} tiles from {:.1f} MB in {:.2f} s ({:.0f} MB/s): read {:.2f}, tile {:.2f}, write {:.2f}; "
               "{:.1f} MB exchanged; largest rank {} MiB\n",
               core::total_of(ledger).kept, tiled.tiles.size(), megabytes, seconds, megabytes / seconds,
               watch.seconds_of("read"), watch.seconds_of("tile"), watch.seconds_of("write"),
               static_cast<double>(global_sent) / 1e6, global_peak_kib / 1024);
}

/// Local. What this rank would need if all rows were kept.
double usual_memory(int ranks, std::vector<ingest::InputFile> const& files) {
    sizing::Work work;
    work.trips = guess_trips(files);
    sizing::Cluster cluster;
    cluster.ranks = ranks;
    return sizing::predict_ingest(work, cluster, {}).memory_bytes_a_rank;
}

void run(comm::Communicator const& comm, Launch const& launch, Options const& options) {
    IngestWatch watch(comm.is_root(), launch, options.metrics);
    StageWatch stages(options.timings, comm.traffic());
    stages.enter("read");
    store::check_store_place(comm, options.store);
    note_left_over(comm.is_root(), options.store.path);
    auto const inputs = find_inputs(comm, options.inputs);
    check_places(comm, options, inputs);
    watch.start(comm);
    auto const files = inspect_inputs(comm, inputs, options.format);
    watch.expect(bytes_of(files));
    MemoryLimit const memory = find_memory_limit();
    note_memory(comm, memory, "ingest", usual_memory(comm.size(), files));
    std::uint64_t const idle_bytes = unreclaimable_bytes(), text_bytes = text_between_looks(comm, memory);
    auto const look = [&](comm::Communicator const& c, ReadSoFar const& so_far) {
        watch.show_reading(c, so_far);
        // Only rows that are kept take memory, and which are is known when they are read.
        require_memory(c, memory, "reading", idle_bytes + so_far.my_trips * ingest_bytes_a_trip);
    };
    ReadTrips read = read_trips(comm, files, options.parse, text_bytes, look);

    stages.note_part("files", read.my_reading_s);
    stages.enter("tile");
    watch.enter(comm, "tile", "cutting tiles", read.trips.size());
    auto tiled = tiling::tile_trips(comm, std::move(read.trips), options.tile_trips);
    count_duplicates(comm, tiled, read.ledger);
    watch.show_ledger(read.ledger);

    stages.enter("write");
    watch.enter(comm, "write", "writing the store", tiled.rows.size());
    write_accounts(comm, options, read);  // before the store, whose appearance says that all is done
    store::StoreHeader const header{store::newest_format, program_name_and_version,   core::total_of(read.ledger).kept,
                                    options.tile_trips,   options.parse.rules.region, options.parse.rules.longest_s,
                                    read.ledger};
    store::StorePart::Fill const fill = [&](std::uint64_t begin, std::uint64_t end, core::TripTable& columns) {
        tiling::fill_columns(tiled, begin, end, columns);
    };
    store::write_store(comm, options.store, header, {tiled.tiles, tiled.first_tile, tiled.last_tile, fill});
    watch.end_phases();
    write_on_root(comm, std::nullopt, [&](std::ostream& out) { out << report::ledger_table(read.ledger); });
    tell_cost(comm, read.ledger, tiled, watch);
    watch.finish(comm, tiled.rows.size());
    stages.note_work(core::total_of(read.ledger).kept, bytes_of(read.ledger));
    stages.tell(comm, "ingest", launch);
    tiling::release(std::move(tiled));
}

Job prepare(po::variables_map const& values) {
    Options const options = read_options(values);
    return [options](comm::Communicator const& comm, Launch const& launch) { run(comm, launch, options); };
}

}  // namespace

Command ingest_command() {
    return {"ingest",
            "CSV... --store FILE",
            "reads trip records, cleans them, and writes a store of tiles",
            "mpirun -n 2 tessera ingest uber-raw-data-apr14.csv yellow/ --store trips.h5",
            add_options,
            "input",
            true,
            prepare};
}

}  // namespace tessera::app
