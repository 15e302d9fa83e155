#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

namespace tessera::machine {

/// What the control groups that this process is in leave it, each of them and all above it: the least. A container, a
/// Slurm step and a systemd service are such groups.
struct CgroupLimits {
    double cores = 0;                           ///< by CPU quota; 0: no limit
    std::uint64_t memory_bytes = 0;             ///< 0: no limit
    std::filesystem::path memory_group{};       ///< whose limit that is: all in it share it
    std::optional<std::uint64_t> swap_bytes{};  ///< that may go to disk on top; none: as much as the host has
};

/// Local. Reads both versions of the interface. `root` is where their file systems are mounted, `own` lists the groups
/// of this process. What cannot be read sets no limit.
CgroupLimits read_cgroup_limits(std::filesystem::path const& root = "/sys/fs/cgroup",
                                std::filesystem::path const& own = "/proc/self/cgroup");

}  // namespace tessera::machine
