#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tessera/machine/cgroup.hpp"

namespace tessera::machine {

/// A network card, or what looks like one.
struct Card {
    std::string name;     ///< eth0
    std::string address;  ///< of version 4: 10.0.0.7
};

/// What the machine gives this process.
struct Facts {
    std::string host;
    int cores_of_host = 0;                ///< that are online
    std::vector<int> cores;               ///< that this process may run on, by its affinity
    CgroupLimits cgroup;                  ///< quotas of the container or the job
    std::uint64_t memory_bytes = 0;       ///< of the host
    std::uint64_t memory_free_bytes = 0;  ///< that could be had without swapping
    std::uint64_t swap_bytes = 0;         ///< of the host, used or not
    std::uint64_t shm_bytes = 0;          ///< size of /dev/shm, where ranks of one host meet
    std::uint64_t shm_free_bytes = 0;     ///< and what of it is free
    std::vector<Card> cards;              ///< that are up and have an address, the loop to itself left out
};

/// Local. Asks the system. What it does not tell is 0 or empty.
Facts read_facts();

/// Local. Memory that this process could still take: the host's, or what the control group leaves, whichever is less.
std::uint64_t memory_at_hand(Facts const& facts);

/// Local. Numbers as people write them: "0-3,8".
std::string as_ranges(std::vector<int> const& numbers);

}  // namespace tessera::machine
