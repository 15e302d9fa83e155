#include "tessera/machine/cgroup.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace tessera::machine {
namespace {

namespace fs = std::filesystem;

/// The first version says so where there is no limit: the largest multiple of a page.
constexpr double no_limit = 9e18;

template <class T>
void lower_to(T& limit, double value) {
    if (value > 0 && value < no_limit && (limit == 0 || value < static_cast<double>(limit)))
        limit = static_cast<T>(value);
}

/// A file's numbers; "max" counts as none.
std::optional<double> read_number(fs::path const& path, std::size_t which = 0) {
    std::ifstream file(path);
    std::string word;
    for (std::size_t i = 0; i <= which; ++i)
        if (!(file >> word)) return std::nullopt;
    char* end = nullptr;
    double const number = std::strtod(word.c_str(), &end);
    return end == word.c_str() ? std::nullopt : std::optional(number);
}

void look_at(fs::path const& group, CgroupLimits& limits) {
    auto const quota = read_number(group / "cpu.max"), period = read_number(group / "cpu.max", 1);
    if (quota && period && *period > 0) lower_to(limits.cores, *quota / *period);
    auto const quota1 = read_number(group / "cpu.cfs_quota_us"), period1 = read_number(group / "cpu.cfs_period_us");
    if (quota1 && period1 && *period1 > 0) lower_to(limits.cores, *quota1 / *period1);  // -1: none
    std::uint64_t const before = limits.memory_bytes;
    if (auto const bytes = read_number(group / "memory.max")) lower_to(limits.memory_bytes, *bytes);
    if (auto const bytes = read_number(group / "memory.limit_in_bytes")) lower_to(limits.memory_bytes, *bytes);
    if (limits.memory_bytes != before) limits.memory_group = group;
    if (auto const bytes = read_number(group / "memory.swap.max"); bytes && *bytes >= 0 && *bytes < no_limit)
        limits.swap_bytes = std::min(limits.swap_bytes.value_or(~std::uint64_t{0}), static_cast<std::uint64_t>(*bytes));
}

/// A group and all above it, up to where the file system is mounted. In a container the mount may begin at the group
/// itself, whose name is still the host's: then what does not exist is skipped.
void look_upwards(fs::path const& mount, fs::path group, CgroupLimits& limits) {
    group = group.relative_path();
    for (; !group.empty(); group = group.parent_path())
        look_at(mount / group, limits);
    look_at(mount, limits);
}

}  // namespace

CgroupLimits read_cgroup_limits(fs::path const& root, fs::path const& own) {
    CgroupLimits limits;
    for (char const* const mount : {"", "cpu", "memory"})
        look_at(root / mount, limits);
    std::ifstream groups(own);
    for (std::string line; std::getline(groups, line);) {  // number:controllers:path
        std::istringstream parts(line);
        std::string number, controllers, path;
        if (!std::getline(parts, number, ':') || !std::getline(parts, controllers, ':') || !std::getline(parts, path))
            continue;
        if (controllers.empty()) look_upwards(root, path, limits);
        std::istringstream names(controllers);
        for (std::string name; std::getline(names, name, ',');)
            if (name == "cpu" || name == "memory") look_upwards(root / name, path, limits);
    }
    return limits;
}

}  // namespace tessera::machine
