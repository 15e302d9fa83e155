#include "tessera/app/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "tessera/app/option_values.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

bool reads_store(Command const& command) {
    return command.positional == "store";
}

void add_launch_options(po::options_description& options, Command const& command) {
    if (reads_store(command))
        options.add_options()  //
            ("verify", po::bool_switch(),
             "first compare all of the store with its checksums; what is read of it is always compared");
    options.add_options()  //
        ("threads", po::value<std::string>()->value_name("N"),
         "threads of a rank (default: OMP_NUM_THREADS, else the cores this rank may use, divided by the ranks that "
         "share them)")  //
        ("progress", po::value<std::string>()->default_value("auto")->value_name("WHEN"),
         "how far long work has come: auto (on a terminal), always or never")  //
        ("expect-ranks", po::value<std::string>()->value_name("N"),
         "exit with 3 before any work unless started on N ranks")  //
        ("help", "this text");
}

Launch read_launch(po::variables_map const& values) {
    Launch launch;
    launch.threads = static_cast<int>(read_integer(values, "threads", 1, 1024, 0));
    launch.expect_ranks = static_cast<int>(read_integer(values, "expect-ranks", 1, 1'000'000, 0));
    launch.patience = std::chrono::seconds(read_integer(values, "patience", 1, 86'400, launch.patience.count()));
    std::string const progress = values["progress"].as<std::string>();
    if (progress == "always")
        launch.progress = Launch::Progress::always;
    else if (progress == "never")
        launch.progress = Launch::Progress::never;
    else if (progress != "auto")
        throw core::UsageError(fmt::format("--progress {}: must be auto, always or never", progress));
    return launch;
}

std::string help_of_all() {
    std::string text =
        "tessera: exact answers about New York trips, at any number of ranks\n\n"
        "Usage: [mpirun -n R] tessera COMMAND ...\n\nCommands:\n";
    for (Command const& command : commands())
        text += fmt::format("  {:<10} {}\n", command.name, command.summary);
    text +=
        "\n`tessera COMMAND --help` tells a command's options and shows an example.\n"
        "`tessera --version` tells the version.\n\n"
        "Results go to standard output or --output; progress, notes and errors to standard error.\n"
        "Exit codes: 0 done, 1 the input, the data or a stage failed, 2 the command line is wrong,\n"
        "3 the launch is not what was expected.\n";
    return text;
}

std::string help_of(Command const& command, po::options_description const& options) {
    std::ostringstream text;
    text << "Usage: [mpirun -n R] tessera " << command.name << " " << command.arguments << "\n\n"
         << command.summary << "\n\n"
         << options << "\nExample:\n  " << command.example << "\n";
    return text.str();
}

/// Positional words become options of these names, which `--help` does not list again.
po::positional_options_description positions_of(Command const& command, po::options_description& hidden) {
    po::positional_options_description positions;
    std::istringstream names{std::string(command.positional)};
    std::string name;
    while (names >> name) {
        bool const repeats = command.repeats && names.eof();
        positions.add(name.c_str(), repeats ? -1 : 1);
        if (repeats)
            hidden.add_options()(name.c_str(), po::value<std::vector<std::string>>()->required());
        else
            hidden.add_options()(name.c_str(), po::value<std::string>()->required());
    }
    return positions;
}

/// No short options and no guessing: "-73.98,40.75" is a value, and a word mistyped is an error.
constexpr int style = po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent |
                      po::command_line_style::long_allow_next;

/// The file after --timings may be left out, and what follows is then another word of the command, which the library
/// would take for the file. Its ending tells.
std::vector<std::string> join_timings_file(std::vector<std::string> const& arguments) {
    std::vector<std::string> joined;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        bool const has_file = i + 1 < arguments.size() && arguments[i + 1].ends_with(".json");
        if (arguments[i] != "--timings")
            joined.push_back(arguments[i]);
        else
            joined.push_back("--timings=" + (has_file ? arguments[++i] : "-"));
    }
    return joined;
}

/// What is positional has no dashes for whoever types it.
std::string as_typed(Command const& command, std::string const& name) {
    bool const positional = (" " + std::string(command.positional) + " ").find(" " + name + " ") != std::string::npos;
    return positional ? "the argument '" + name + "'" : "--" + name;
}

/// As of a variable of the shell that is not set.
void refuse_empty(Command const& command, po::variables_map const& values) {
    for (auto const& [name, value] : values) {
        auto const* const text = boost::any_cast<std::string>(&value.value());
        auto const* const texts = boost::any_cast<std::vector<std::string>>(&value.value());
        if ((text != nullptr && text->empty()) || (texts != nullptr && std::ranges::count(*texts, std::string()) > 0))
            throw core::UsageError(fmt::format("{} is empty; usage: tessera {} {}", as_typed(command, name),
                                               command.name, command.arguments));
    }
}

Invocation read_command(Command const& command, std::vector<std::string> const& arguments) {
    po::options_description shown("Options", 110, 70);
    command.add_options(shown);
    add_launch_options(shown, command);
    po::options_description all, hidden;
    auto const positions = positions_of(command, hidden);
    all.add(shown).add(hidden);
    if (std::find(arguments.begin(), arguments.end(), "--version") != arguments.end())
        return {Invocation::Kind::version, {}, {}, {}};
    if (std::find(arguments.begin(), arguments.end(), "--help") != arguments.end() ||
        std::find(arguments.begin(), arguments.end(), "-h") != arguments.end())
        return {Invocation::Kind::help, help_of(command, shown), {}, {}};
    try {
        po::variables_map values;
        po::store(
            po::command_line_parser(join_timings_file(arguments)).options(all).positional(positions).style(style).run(),
            values);
        po::notify(values);
        refuse_empty(command, values);
        Launch launch = read_launch(values);
        launch.verify = reads_store(command) && values["verify"].as<bool>();
        launch.examines_launch = command.examines_launch;
        launch.fits_one_rank = command.fits_one_rank;
        return {Invocation::Kind::job, {}, command.prepare(values), launch};
    } catch (po::required_option const& error) {
        std::string const name = error.get_option_name();
        throw core::UsageError(fmt::format("{} is missing; usage: tessera {} {}",
                                           as_typed(command, name.substr(name.find_first_not_of('-'))), command.name,
                                           command.arguments));
    } catch (po::error const& error) {
        throw core::UsageError(fmt::format("{}; see tessera {} --help", error.what(), command.name));
    }
}

}  // namespace

std::span<Command const> commands() {
    static std::array const all{ingest_command(),  info_command(),   aggregate_command(), range_command(),
                                nearest_command(), answer_command(), replay_command(),    serve_command(),
                                heatmap_command(), tiles_command(),  generate_command(),  doctor_command(),
                                size_command()};
    return all;
}

Invocation read_command_line(std::vector<std::string> const& arguments) {
    if (arguments.empty()) throw core::UsageError("no command given; see tessera --help");
    std::string const& name = arguments.front();
    if (name == "--help" || name == "-h" || name == "help") return {Invocation::Kind::help, help_of_all(), {}, {}};
    if (name == "--version") return {Invocation::Kind::version, {}, {}, {}};
    for (Command const& command : commands())
        if (command.name == name) return read_command(command, {arguments.begin() + 1, arguments.end()});
    std::string names;
    for (Command const& command : commands())
        names += (names.empty() ? "" : ", ") + std::string(command.name);
    throw core::UsageError(fmt::format("'{}' is no command; there are {}", name, names));
}

}  // namespace tessera::app
