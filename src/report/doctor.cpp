#include "tessera/report/doctor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tessera/doctor/hosts.hpp"
#include "tessera/report/align.hpp"

namespace tessera::report {
namespace {

using doctor::Host;
using doctor::Problem;
using doctor::RankReport;

constexpr std::uint64_t gib = 1 << 30;

std::string size_text(std::uint64_t bytes) {
    return bytes >= gib ? fmt::format("{:.1f} GiB", static_cast<double>(bytes) / static_cast<double>(gib))
                        : fmt::format("{} MiB", bytes >> 20);
}

std::string cards_of(RankReport const& rank) {
    std::string text;
    for (machine::Card const& card : rank.facts.cards)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", card.name, card.address);
    return text.empty() ? "-" : text;
}

std::vector<std::string> row_of(Host const& host) {
    RankReport const& first = host.first();
    machine::Facts const& facts = first.facts;
    std::vector<int> threads;
    for (RankReport const* const rank : host.ranks)
        threads.push_back(rank->threads);
    auto const [least, most] = std::ranges::minmax(threads);
    bool const refused = std::ranges::any_of(host.ranks, [](auto const* rank) { return rank->single_copy_refused; });
    bool const only = host.ranks.size() == 1;
    return {host.name(),
            doctor::ranks_of(host),
            cards_of(first),
            least == most ? std::to_string(least) : fmt::format("{}-{}", least, most),
            fmt::format("{} of {}", doctor::usable_cores(host), facts.cores_of_host),
            facts.cgroup.cores > 0 ? fmt::format("{:g}", facts.cgroup.cores) : "-",
            facts.memory_bytes == 0 ? "-" : size_text(facts.memory_free_bytes),
            facts.cgroup.memory_bytes == 0 ? "-" : size_text(facts.cgroup.memory_bytes),
            facts.shm_bytes == 0 ? "-" : size_text(facts.shm_free_bytes),
            only      ? "-"
            : refused ? "no"
                      : "yes",
            first.rank == 0 ? "-" : fmt::format("{:+.3f} s", first.clock_ahead_s)};
}

std::string table_of(std::vector<Host> const& hosts) {
    std::vector<std::vector<std::string>> rows{
        {"host", "ranks", "cards", "threads", "cores", "quota", "memory free", "limit", "/dev/shm", "CMA", "clock"}};
    for (Host const& host : hosts)
        rows.push_back(row_of(host));
    return align_columns(rows, 3);
}

std::string path_text(Examination const& examination) {
    if (!examination.path) return "";
    auto const& reports = examination.reports;
    bool const shared = std::ranges::all_of(reports, [](RankReport const& each) { return each.path.writes_together; });
    std::string const& file_system = reports.front().path.file_system;
    return fmt::format("path     {}: {}{}\n", *examination.path,
                       shared ? "every rank sees it, and all can write there together" : "see below",
                       file_system.empty() ? "" : fmt::format(" ({})", file_system));
}

std::string or_chosen(std::string const& setting) {
    return setting.empty() ? "as MPI chooses" : setting;
}

std::string problems_text(Examination const& examination) {
    if (examination.problems.empty()) return fmt::format("\nall is well ({:.1f} s)\n", examination.seconds);
    std::string text = "\n";
    for (Problem const& problem : examination.problems)
        text += fmt::format("{}  {}\n         -> {}\n", problem.kind == Problem::Kind::warning ? "warning" : "PROBLEM",
                            problem.what, problem.remedy);
    return text;
}

}  // namespace

std::string examination_text(Examination const& examination) {
    auto const hosts = doctor::group_by_host(examination.reports);
    RankReport const& root = examination.reports.front();
    auto const several = [](std::size_t count, char const* thing) {
        return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
    };
    return fmt::format("launch   {} on {}\n", several(examination.reports.size(), "rank"),
                       several(hosts.size(), "host")) +
           fmt::format("program  {}, {}, {}{}\n", examination.program, root.mpi.library, root.hdf5,
                       root.hdf5_parallel ? " (parallel)" : "") +
           fmt::format("MPI      pml {}, btl {}, TCP cards {}, single copy {}\n", or_chosen(root.mpi.pml),
                       or_chosen(root.mpi.btl),
                       root.mpi.tcp_cards.empty() ? "all but " + root.mpi.tcp_no_cards : root.mpi.tcp_cards,
                       root.mpi.single_copy.empty() ? "none" : root.mpi.single_copy) +
           path_text(examination) + "\n" + table_of(hosts) + problems_text(examination);
}

}  // namespace tessera::report
