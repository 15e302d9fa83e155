#pragma once
#include <cstdint>
#include <filesystem>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/machine/facts.hpp"

namespace tessera::harness {

/// Collective by nature. Whether all ranks together, on one host, could take so many bytes of memory, and of the folder
/// for temporary files: a test that has not the room skips, on all ranks alike.
inline bool has_room(std::uint64_t memory_bytes, std::uint64_t disk_bytes = 0) {
    std::error_code error;
    auto const disk = std::filesystem::space(std::filesystem::temp_directory_path(), error);
    std::uint8_t enough = machine::memory_at_hand(machine::read_facts()) >= memory_bytes &&
                          (disk_bytes == 0 || (!error && disk.available >= disk_bytes));
    comm::broadcast(world(), std::span<std::uint8_t>(&enough, 1));
    return enough != 0;
}

}  // namespace tessera::harness

/// Ends a test where the machine is too small for it.
#define TESSERA_SKIP_WITHOUT_ROOM(...)              \
    if (!::tessera::harness::has_room(__VA_ARGS__)) \
    GTEST_SKIP() << "SKIP: the machine has not the memory or the disk for it: " #__VA_ARGS__
