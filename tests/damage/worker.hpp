#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace tessera::damage {

/// Another process of this program, which runs some cases, and what it says of them.
class Worker {
  public:
    /// Local. Starts it, with these words and those of its cases, [first, last).
    Worker(std::vector<std::string> words, std::uint64_t first, std::uint64_t last);
    ~Worker();
    Worker(Worker const&) = delete;
    Worker& operator=(Worker const&) = delete;

    /// The number of the descriptor that a worker speaks to.
    static constexpr int speaks_to = 3;

    int descriptor() const { return from_; }
    /// Local. Waits for nothing: the lines that have come. False when there will be no more.
    bool take(std::vector<std::string>& lines);
    bool is_silent_for(std::chrono::seconds time) const { return std::chrono::steady_clock::now() - heard_ > time; }
    /// Local. Ends it if need be. Returns how it ended, "signal 11"; empty where all was well.
    std::string end(bool by_force);

    std::uint64_t next, last;  ///< cases that it has yet to end
    std::string begun;         ///< the one under way: "KIND (WHERE)"

  private:
    pid_t process_ = -1;
    int from_ = -1;
    std::string text_;
    std::chrono::steady_clock::time_point heard_ = std::chrono::steady_clock::now();
};

}  // namespace tessera::damage
