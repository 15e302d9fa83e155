#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// Lets ranks of a node wake each other out of a true sleep, by a word in memory that they share. MPI itself has no way
/// to wait without looking.
class Doorbell {
  public:
    struct Shared;
    /// How news goes from the root to all ranks: to its own node and to a leader on each of the others, who tell
    /// theirs.
    struct Way {
        int from = 0;         ///< who tells this rank
        std::vector<int> to;  ///< whom this rank tells
        bool by_bell = true;  ///< whether who tells this rank is on the same node, and can ring
    };
    /// Takes over what `hang_doorbell` has made.
    Doorbell(std::shared_ptr<Shared> shared, Way way);

    Way const& way() const { return way_; }

    /// Local. Wakes all of the node that sleep.
    void ring() const;
    /// Local. How often it has rung.
    std::uint32_t count() const;
    /// Local. Sleeps until it has rung more often than that, at most for so long.
    void sleep(std::uint32_t count, std::chrono::milliseconds longest) const;

  private:
    std::shared_ptr<Shared> shared_;  ///< freeing it is collective: all ranks drop it at the same place
    Way way_;
};

/// Collective. One doorbell a node.
Doorbell hang_doorbell(Communicator const& comm);

}  // namespace tessera::comm
