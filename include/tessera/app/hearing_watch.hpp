#pragma once
#include <chrono>
#include <thread>

namespace tessera::app {

/// Ranks that cannot reach each other wait for ever, in MPI's first collective already, and nobody says so. While this
/// lives, rank 0 says so once it has lasted too long, and may end the launch.
class HearingWatch {
  public:
    enum class Then { note, end };
    /// Local. Nothing where there is one rank.
    HearingWatch(int rank, int ranks, std::chrono::seconds patience, Then then);

  private:
    std::jthread thread_;
};

}  // namespace tessera::app
