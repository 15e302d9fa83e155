#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/app/command.hpp"
#include "tessera/app/crowd.hpp"
#include "tessera/app/hearing_watch.hpp"
#include "tessera/app/launch.hpp"
#include "tessera/comm/session.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/last_words.hpp"
#include "tessera/store/open_store.hpp"
#include "version.hpp"

namespace {

using tessera::core::ExitCode;

/// Whether the message can be written or not: a full disk behind standard error is no reason to crash.
void say(std::string const& message) {
    std::fwrite(message.data(), 1, message.size(), stderr);
    std::fflush(stderr);
}

/// Rank 0 speaks for all.
int leave(tessera::comm::Communicator const& comm, char const* message, ExitCode code) {
    if (comm.is_root()) say(fmt::format("tessera: {}\n", message));
    tessera::core::fall_silent();  // the launcher may end this rank as soon as another has left
    return static_cast<int>(code);
}

double seconds_since_1970() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

int run(tessera::comm::Communicator const& comm, std::vector<std::string> const& arguments, double began_at) {
    try {
        // Every rank reads the same words and comes to the same conclusion.
        auto invocation = tessera::app::read_command_line(arguments);
        invocation.launch.started_at = seconds_since_1970();
        invocation.launch.start_up_s = invocation.launch.started_at - began_at;
        using tessera::app::HearingWatch;
        bool const examines = invocation.launch.examines_launch;
        std::optional<HearingWatch> watch(std::in_place, comm.rank(), comm.size(), invocation.launch.patience,
                                          examines ? HearingWatch::Then::end : HearingWatch::Then::note);
        tessera::app::prepare_launch(comm, invocation.launch);
        if (!examines) watch.reset();  // work may take its time
        invocation.job(comm, invocation.launch);
        tessera::core::note_stage("ending, all is written");
    } catch (tessera::core::UsageError const& error) {
        return leave(comm, error.what(), ExitCode::usage);
    } catch (tessera::core::LaunchError const& error) {
        return leave(comm, error.what(), ExitCode::launch);
    } catch (tessera::core::AbandonError const& error) {
        leave(comm, error.what(), ExitCode::failed);
        tessera::comm::exit_without_finalizing(comm, static_cast<int>(ExitCode::failed));
    } catch (tessera::core::StageError const& error) {
        return leave(comm, error.what(), ExitCode::failed);
    } catch (std::exception const& error) {
        // Nobody agreed on this one: the others may wait for this rank.
        std::string_view const stage = tessera::core::noted_stage();
        say(fmt::format("tessera: {}{}rank {}: {}\n", stage, stage.empty() ? "" : ": ", comm.rank(), error.what()));
        tessera::comm::abort_all_ranks(static_cast<int>(ExitCode::failed));
    }
    return static_cast<int>(ExitCode::done);
}

/// A descriptor that is closed at the start would be the next file's that is opened: what is said to standard output
/// would be written into a store, and a socket be waited at for requests. This way reading requests and writing answers
/// are errors, and messages go nowhere.
void occupy_standard_descriptors() {
    for (int const descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(descriptor, F_GETFD) < 0) ::open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_WRONLY);
}

/// Help and version need no MPI, and come at once.
bool answer_without_mpi(std::vector<std::string> const& arguments) {
    try {
        auto const invocation = tessera::app::read_command_line(arguments);
        if (invocation.kind == tessera::app::Invocation::Kind::job) return false;
        if (tessera::comm::rank_by_launcher() != 0) return true;
        if (invocation.kind == tessera::app::Invocation::Kind::version)
            fmt::print("{} ({}, {})\n", tessera::app::program_name_and_version, tessera::comm::library_name(),
                       tessera::store::library_name());
        else
            fmt::print("{}", invocation.text);
        return true;
    } catch (std::exception const&) {
        return false;  // a wrong command line is told by rank 0 once the ranks are together
    }
}

}  // namespace

int main(int argc, char** argv) {
    double const began_at = seconds_since_1970();
    occupy_standard_descriptors();
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error like a full disk, told in the same words
    std::vector<std::string> const arguments(argv + 1, argv + argc);
    if (answer_without_mpi(arguments)) return 0;
    tessera::app::restart_when_crowded(argv, arguments);
    tessera::core::speak_last_words(tessera::comm::rank_by_launcher() == 0);
    tessera::core::note_stage("starting");
    tessera::comm::Session session(argc, argv);
    return run(session.world(), arguments, began_at);
}
