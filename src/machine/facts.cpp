#include "tessera/machine/facts.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>

namespace tessera::machine {
namespace {

std::string host_name() {
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0) return "?";
    return name;
}

std::vector<int> allowed_cores() {
    std::vector<int> cores;
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof mask, &mask) == 0)
        for (int core = 0; core < CPU_SETSIZE; ++core)
            if (CPU_ISSET(core, &mask)) cores.push_back(core);
    return cores;
}

/// A line of /proc/meminfo: "MemAvailable:   123 kB".
std::uint64_t memory_line(std::string const& wanted) {
    std::ifstream lines("/proc/meminfo");
    std::string name, unit;
    for (std::uint64_t kib = 0; lines >> name >> kib; std::getline(lines, unit))
        if (name == wanted + ":") return kib << 10;
    return 0;
}

std::vector<Card> find_cards() {
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0) return {};
    std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> const owner(first, freeifaddrs);
    std::vector<Card> cards;
    for (ifaddrs const* each = first; each != nullptr; each = each->ifa_next) {
        if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET) continue;
        if ((each->ifa_flags & IFF_UP) == 0 || (each->ifa_flags & IFF_LOOPBACK) != 0) continue;
        char text[INET_ADDRSTRLEN] = "";
        auto const* const address = reinterpret_cast<sockaddr_in const*>(each->ifa_addr);
        inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
        cards.push_back({each->ifa_name, text});
    }
    std::ranges::sort(cards, {}, &Card::name);
    return cards;
}

}  // namespace

Facts read_facts() {
    Facts facts;
    facts.host = host_name();
    facts.cores_of_host = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
    facts.cores = allowed_cores();
    facts.cgroup = read_cgroup_limits();
    facts.memory_bytes = memory_line("MemTotal");
    facts.memory_free_bytes = memory_line("MemAvailable");
    facts.swap_bytes = memory_line("SwapTotal");
    struct statvfs shm {};
    if (statvfs("/dev/shm", &shm) == 0) {
        facts.shm_bytes = std::uint64_t{shm.f_blocks} * shm.f_frsize;
        facts.shm_free_bytes = std::uint64_t{shm.f_bavail} * shm.f_frsize;
    }
    facts.cards = find_cards();
    return facts;
}

std::uint64_t memory_at_hand(Facts const& facts) {
    std::uint64_t const limit = facts.cgroup.memory_bytes;
    return limit == 0 ? facts.memory_free_bytes : std::min(limit, facts.memory_free_bytes);
}

std::string as_ranges(std::vector<int> const& numbers) {
    std::string text;
    for (std::size_t first = 0, last = 0; first < numbers.size(); first = last + 1) {
        last = first;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        if (!text.empty()) text += ',';
        text += last == first ? fmt::format("{}", numbers[first]) : fmt::format("{}-{}", numbers[first], numbers[last]);
    }
    return text;
}

}  // namespace tessera::machine
