#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

#include "tessera/feed/stop_signal.hpp"

namespace tessera::feed {

/// What a wait ended with.
enum class Woken { input, stop, time };

/// An open input, which may be a file, a pipe, a terminal or a device. Errors are core::DataError.
class InputDescriptor {
  public:
    /// "-" is standard input, which is left open at the end.
    explicit InputDescriptor(std::string const& place);
    ~InputDescriptor();
    InputDescriptor(InputDescriptor const&) = delete;
    InputDescriptor& operator=(InputDescriptor const&) = delete;

    /// Whether it has a start that can be gone back to.
    bool is_regular() const { return is_regular_; }
    /// Local. Sleeps until there is something to read (the end and an error are too), a stop is asked for or the time
    /// has passed. May say `time` too early.
    Woken wait(StopSignal const& stop, std::chrono::milliseconds longest) const;
    /// What one call of `read` brought.
    struct Piece {
        std::size_t bytes = 0;
        bool is_end = false;
    };
    /// Local. What is there, at most the room's size; perhaps nothing, without being the end, where somebody else has
    /// read it before.
    Piece read(std::span<char> room) const;
    /// Local. Goes back to where it was when it was opened.
    void rewind() const;

  private:
    std::string name_;
    int descriptor_ = -1;
    bool is_ours_ = false;
    bool is_regular_ = false;
    off_t start_ = 0;
};

}  // namespace tessera::feed
