#include "worker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace tessera::damage {

Worker::Worker(std::vector<std::string> words, std::uint64_t first_case, std::uint64_t last_case)
    : next(first_case), last(last_case) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    words.insert(words.end(), {"--first", std::to_string(next), "--cases", std::to_string(last - next)});
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0) {
        if (ends[1] == speaks_to)
            ::fcntl(speaks_to, F_SETFD, 0);
        else
            ::dup2(ends[1], speaks_to);
        ::execv("/proc/self/exe", arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    from_ = ends[0];
}

Worker::~Worker() {
    ::close(from_);
}

bool Worker::take(std::vector<std::string>& lines) {
    char bytes[4096];
    ssize_t const got = ::read(from_, bytes, sizeof bytes);
    if (got <= 0) return false;
    heard_ = std::chrono::steady_clock::now();
    text_.append(bytes, static_cast<std::size_t>(got));
    for (std::size_t end; (end = text_.find('\n')) != std::string::npos; text_.erase(0, end + 1))
        lines.push_back(text_.substr(0, end));
    return true;
}

std::string Worker::end(bool by_force) {
    if (by_force) ::kill(process_, SIGKILL);
    int status = 0;
    ::waitpid(process_, &status, 0);
    if (WIFSIGNALED(status)) return fmt::format("signal {}", WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ? "" : fmt::format("exit code {}", WEXITSTATUS(status));
}

}  // namespace tessera::damage
