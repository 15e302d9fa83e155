#include "tessera/app/resident_memory.hpp"

#include <unistd.h>

#include <fstream>

namespace tessera::app {

std::uint64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t all_pages = 0, resident_pages = 0;
    if (!(statm >> all_pages >> resident_pages)) return 0;
    return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace tessera::app
