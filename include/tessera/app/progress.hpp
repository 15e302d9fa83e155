#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include "tessera/app/command.hpp"

namespace tessera::app {

/// One line on standard error that tells how far long work has come; only rank 0 has it. It never says anything that
/// the result depends on.
class Progress {
  public:
    /// Local. Every rank has one; the root's is the one that is shown.
    Progress(bool is_root, Launch const& launch);
    ~Progress();
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;

    /// Local. Shows a stage and its share done; `total` 0 where nobody knows.
    void show(std::string_view stage, std::uint64_t done = 0, std::uint64_t total = 0);
    /// Local. Removes the line, before something else is written.
    void clear();

  private:
    bool shown_;
    bool on_line_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace tessera::app
