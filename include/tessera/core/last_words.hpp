#pragma once
#include <cstddef>
#include <string_view>

namespace tessera::core {

// A process that is told to end (mpirun sends SIGTERM to all ranks when one has died) says in which stage that was, and
// takes along the file that it has not finished. A signal handler gets no argument: so what it needs is the process's.

/// Local. What this rank does now, as in the message of an error: "writing the store". Cut short where it is long.
void note_stage(std::string_view stage) noexcept;

/// Local. What was noted last; empty before.
std::string_view noted_stage() noexcept;

/// A file, or a folder, that has a temporary name until it is whole. If a signal ends the process while this lives, a
/// file is removed (a folder stays), and the message names it. Of more than a few at a time some are left out.
class Unfinished {
  public:
    enum class Kind { file, folder };
    /// Local. `path` is copied.
    Unfinished(std::string_view path, Kind kind) noexcept;
    ~Unfinished();
    Unfinished(Unfinished const&) = delete;
    Unfinished& operator=(Unfinished const&) = delete;

  private:
    std::size_t slot_;
};

/// Local. From here on SIGTERM, SIGINT and SIGHUP end the process with a message, unless they are ignored. `speaks`:
/// whether this process has it on standard error; all remove their files.
void speak_last_words(bool speaks) noexcept;

/// Local. Speaks where this process of the same host has died, though it would not otherwise.
void speak_after(int process) noexcept;

/// Local. All is said: whatever signal comes now ends the process without a message.
void fall_silent() noexcept;

/// Local. For a handler of one's own, where the process is to end after all: does what the others do.
void end_with_last_words(int signal) noexcept;

/// Local. For such a handler, too: says that a signal has come, in which stage, and that work is finished first.
void say_that_it_finishes(int signal) noexcept;

/// Local. Whether the process that speaks before this one has died.
bool is_heir() noexcept;

}  // namespace tessera::core
