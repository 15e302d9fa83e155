#include "tessera/report/doctor.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <ostream>

#include "tessera/app/command.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/app/output_options.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/core/error.hpp"
#include "tessera/doctor/examine.hpp"
#include "tessera/store/open_store.hpp"
#include "version.hpp"

namespace tessera::app {
namespace {

using doctor::Problem;

void add_options(po::options_description& options) {
    options.add_options()  //
        ("expect-hosts", po::value<std::string>()->value_name("N"),
         "exit with 3 unless the ranks are on N hosts")  //
        ("path", po::value<std::string>()->value_name("PLACE"),
         "a file or folder that all ranks are to share: each looks at it, and writes there together with the others "
         "(into a small file that is removed); a file may be where nobody can write")  //
        ("patience", po::value<std::string>()->value_name("SECONDS"),
         "exit with 1 where ranks do not hear each other for so long (default: 60)")  //
        ("json", po::bool_switch(), "as JSON, for programs")                          //
        ("output", po::value<std::string>()->value_name("FILE"), "where it goes (default: standard output)");
}

enum class Verdict : std::int32_t { well, broken, unexpected };

/// What the root found decides for all.
Verdict verdict_of(std::vector<Problem> const& problems) {
    auto const has = [&](Problem::Kind kind) {
        return std::ranges::any_of(problems, [&](Problem const& problem) { return problem.kind == kind; });
    };
    if (has(Problem::Kind::unexpected)) return Verdict::unexpected;
    return has(Problem::Kind::broken) ? Verdict::broken : Verdict::well;
}

struct Options {
    doctor::Wishes wishes;
    bool json = false;
    std::optional<std::filesystem::path> output;
};

void run(comm::Communicator const& comm, Launch const& launch, Options options) {
    auto const start = std::chrono::steady_clock::now();
    check_output(comm, options.output, "");
    options.wishes.ranks = launch.expect_ranks;
    options.wishes.meant = machine::find_meant_launch();
    doctor::OwnWords const own{omp_get_max_threads(), store::library_name(), store::library_is_parallel()};
    report::Examination examination{
        program_name_and_version, doctor::examine(comm, own, options.wishes.path), options.wishes.path, {}, 0};
    if (comm.is_root()) examination.problems = doctor::diagnose(examination.reports, options.wishes);
    examination.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    write_on_root(comm, options.output, [&](std::ostream& out) {
        out << (options.json ? report::examination_json(examination) : report::examination_text(examination));
    });
    Verdict verdict = verdict_of(examination.problems);
    comm::broadcast(comm, std::span<Verdict>(&verdict, 1));
    if (verdict == Verdict::unexpected) throw core::LaunchError("the launch is not what was expected (see above)");
    if (verdict == Verdict::broken) throw core::StageError(0, "doctor: this launch cannot work (see above)");
}

Job prepare(po::variables_map const& values) {
    Options options;
    options.wishes.hosts = static_cast<int>(read_integer(values, "expect-hosts", 1, 1'000'000, 0));
    if (values.count("path") > 0) options.wishes.path = values["path"].as<std::string>();
    options.json = values["json"].as<bool>();
    options.output = read_output_path(values);
    return [options](comm::Communicator const& comm, Launch const& launch) { run(comm, launch, options); };
}

}  // namespace

Command doctor_command() {
    Command command{"doctor",
                    "[--path PLACE] [--expect-ranks N] [--expect-hosts N]",
                    "examines a launch: ranks, hosts, cores, memory, clocks, versions, shared places",
                    "mpirun -n 4 tessera doctor --expect-ranks 4 --path /data",
                    add_options,
                    "",
                    false,
                    prepare};
    command.examines_launch = true;
    return command;
}

}  // namespace tessera::app
