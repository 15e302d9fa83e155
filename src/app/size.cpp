#include "tessera/report/size.hpp"

#include <algorithm>
#include <ostream>

#include "tessera/app/command.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

void add_options(po::options_description& options) {
    auto const text = [] { return po::value<std::string>(); };
    options.add_options()                                                                                        //
        ("trips", text()->required()->value_name("N"), "trips in all (165e6 is a number, too)")                  //
        ("ranks", text()->default_value("1,4,16,64,256,1024,4096")->value_name("R[,R...]"), "how many ranks")    //
        ("threads-a-rank", text()->default_value("1")->value_name("N"), "OpenMP threads of each")                //
        ("ranks-a-host", text()->default_value("32")->value_name("N"), "so many on each host, at most")          //
        ("cores-a-host", text()->value_name("N"), "where there are fewer cores than threads (default: enough)")  //
        ("crowding", text()->default_value("0.6")->value_name("SHARE"),
         "so much more does work cost when all cores of a host share its memory than on one core alone")  //
        ("csv-bytes", text()->default_value("171")->value_name("N"),
         "of a trip in the input: yellow 171, green 130, Uber 42")                                            //
        ("latency", text()->default_value("20e-6")->value_name("SECONDS"), "of a message between two hosts")  //
        ("bandwidth", text()->default_value("1.25e9")->value_name("BYTES"),
         "a second, of each host's network card (1.25e9: 10 Gbit/s)")  //
        ("read-speed", text()->value_name("BYTES"),
         "a second, of the file system that the input is on, for all hosts together (default: as fast as memory)")  //
        ("write-speed", text()->value_name("BYTES"), "the same for writing the store")                              //
        ("measured", text()->value_name("FILE.json"),
         "take the costs of a trip from what ingest --timings has measured on such a machine")  //
        ("json", po::bool_switch(), "as JSON, for programs")                                    //
        ("output", text()->value_name("FILE"), "where it goes (default: standard output)");
}

struct Options {
    sizing::Work work;
    sizing::Cluster cluster;
    std::vector<int> ranks;
    int ranks_a_host = 32;
    std::optional<std::string> measured;
    bool json = false;
    std::optional<std::filesystem::path> output;
};

Options read_options(po::variables_map const& values) {
    Options options;
    options.work.trips = *read_real(values, "trips", 1, 1e15);
    options.work.csv_bytes_a_trip = *read_real(values, "csv-bytes", 1, 1e6);
    options.cluster.threads = static_cast<int>(read_integer(values, "threads-a-rank", 1, 1024, 1));
    options.cluster.cores_a_host = static_cast<int>(read_integer(values, "cores-a-host", 1, 100'000, 0));
    options.cluster.crowding = *read_real(values, "crowding", 0, 100);
    options.cluster.latency_s = *read_real(values, "latency", 0, 10);
    options.cluster.bandwidth_bytes_a_s = *read_real(values, "bandwidth", 1, 1e15);
    options.cluster.read_bytes_a_s = read_real(values, "read-speed", 1, 1e15).value_or(0);
    options.cluster.write_bytes_a_s = read_real(values, "write-speed", 1, 1e15).value_or(0);
    options.ranks_a_host = static_cast<int>(read_integer(values, "ranks-a-host", 1, 100'000, 32));
    for (std::int64_t const ranks : read_integers(values, "ranks", 1, 1'000'000))
        options.ranks.push_back(static_cast<int>(ranks));
    options.measured = read_text(values, "measured");
    options.json = values["json"].as<bool>();
    options.output = read_output_path(values);
    return options;
}

std::vector<report::SizeRow> predict(Options const& options) {
    sizing::Costs const costs = options.measured ? sizing::read_costs(*options.measured) : sizing::Costs{};
    std::vector<report::SizeRow> rows;
    for (int const ranks : options.ranks) {
        sizing::Cluster cluster = options.cluster;
        cluster.ranks = ranks;
        cluster.hosts = (ranks - 1) / options.ranks_a_host + 1;
        rows.push_back({cluster, sizing::predict_ingest(options.work, cluster, costs),
                        sizing::predict_answers(options.work, cluster, costs)});
    }
    return rows;
}

Job prepare(po::variables_map const& values) {
    Options const options = read_options(values);
    return [options](comm::Communicator const& comm, Launch const&) {
        check_output(comm, options.output, "");
        auto const rows = comm::run_local(comm, "the prediction", [&] { return predict(options); });
        write_on_root(comm, options.output, [&](std::ostream& out) {
            out << (options.json ? report::size_json(options.work, rows) : report::size_table(rows));
        });
    };
}

}  // namespace

Command size_command() {
    Command command{"size",
                    "--trips N [--ranks R[,R...]]",
                    "predicts what ingest and answer would take, on more ranks than one has",
                    "tessera size --trips 165e6 --ranks 16,64,256 --bandwidth 3e9",
                    add_options,
                    "",
                    false,
                    prepare};
    command.fits_one_rank = true;
    return command;
}

}  // namespace tessera::app
