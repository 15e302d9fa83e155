#include "tessera/app/crowd.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "tessera/comm/session.hpp"

namespace tessera::app {
namespace {

/// The number that a text begins with ("2" of "2,1"); 0 where it begins with none.
int number_of(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// How many threads a rank is told to have; 0: as many as fit, which are never too many.
int threads_told(std::vector<std::string> const& arguments) {
    constexpr std::string_view option = "--threads";
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view const word = arguments[i];
        if (word == option && i + 1 < arguments.size()) return number_of(arguments[i + 1]);
        if (word.starts_with("--threads=")) return number_of(word.substr(option.size() + 1));
    }
    char const* const told = std::getenv("OMP_NUM_THREADS");
    return told == nullptr ? 0 : number_of(told);
}

}  // namespace

bool is_crowded(std::vector<std::string> const& arguments, int ranks_of_node, int cores_of_node) {
    int const threads = threads_told(arguments);
    // The thread that speaks HTTP wants a core as well, now and then: threads that spin on all of them keep it waiting.
    if (!arguments.empty() && arguments.front() == "serve")
        return threads == 0 ||
               (threads > 1 && static_cast<long>(threads) * std::max(ranks_of_node, 1) >= cores_of_node);
    return threads > 1 && ranks_of_node > 1 && static_cast<long>(threads) * ranks_of_node > cores_of_node;
}

void restart_when_crowded(char** argv, std::vector<std::string> const& arguments) {
    // Whoever says how to wait is heard; and it is not done twice.
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr) return;
    auto const cores = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
    if (!is_crowded(arguments, comm::ranks_of_node_by_launcher(), cores)) return;
    // By its own path: whoever lists processes is to see the program's name.
    std::error_code error;
    auto const program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return;
    ::setenv("OMP_WAIT_POLICY", "passive", 1);
    ::execv(program.c_str(), argv);
    // Where that cannot be done it goes on as it is: slower, but right.
}

}  // namespace tessera::app
