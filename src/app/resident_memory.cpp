#include "tessera/app/resident_memory.hpp"

#include <unistd.h>

#include <fstream>
#include <string>

namespace tessera::app {

std::uint64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t all_pages = 0, resident_pages = 0;
    if (!(statm >> all_pages >> resident_pages)) return 0;
    return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t unreclaimable_bytes() {
    std::ifstream lines("/proc/self/status");
    std::string name, rest;
    while (lines >> name) {
        std::uint64_t kib = 0;
        if (name == "RssAnon:" && lines >> kib) return kib << 10;
        std::getline(lines, rest);
    }
    return 0;
}

}  // namespace tessera::app
