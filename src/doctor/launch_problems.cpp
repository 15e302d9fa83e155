#include <fmt/format.h>

#include <algorithm>

#include "problems.hpp"

namespace tessera::doctor {
namespace {

using Kind = Problem::Kind;

/// The first rank that says otherwise than rank 0.
template <class Read>
void compare(std::vector<RankReport> const& reports, char const* what, Read const& read, Problems& problems) {
    auto const other =
        std::ranges::find_if(reports, [&](RankReport const& each) { return read(each) != read(reports.front()); });
    if (other == reports.end()) return;
    problems.push_back({Kind::broken,
                        fmt::format("{} of rank {} on {} is {}, and {} on rank 0", what, other->rank, other->facts.host,
                                    read(*other), read(reports.front())),
                        "install the same packages on all hosts, or use one image"});
}

}  // namespace

std::string plural(std::size_t count, char const* thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

void find_wrong_launch(Hosts const& hosts, std::size_t ranks, Wishes const& wishes, Problems& problems) {
    if (wishes.ranks > 0 && ranks != static_cast<std::size_t>(wishes.ranks))
        problems.push_back({Kind::unexpected,
                            fmt::format("{} where --expect-ranks says {}", plural(ranks, "rank"), wishes.ranks),
                            wishes.meant && static_cast<std::size_t>(wishes.meant->ranks) > ranks
                                ? wishes.meant->remedy
                                : fmt::format("mpirun -n {} tessera ...", wishes.ranks)});
    else if (wishes.meant && static_cast<std::size_t>(wishes.meant->ranks) > ranks)
        problems.push_back(
            {Kind::warning,
             fmt::format("{} where {} speaks of {}", plural(ranks, "rank"), wishes.meant->told_by, wishes.meant->ranks),
             wishes.meant->remedy});
    if (wishes.hosts > 0 && hosts.size() != static_cast<std::size_t>(wishes.hosts))
        problems.push_back({Kind::unexpected,
                            fmt::format("{} where --expect-hosts says {}", plural(hosts.size(), "host"), wishes.hosts),
                            "mpirun --map-by node --host a,b,... or --hostfile FILE; in Slurm: sbatch -N " +
                                std::to_string(wishes.hosts)});
}

void find_versions_that_differ(std::vector<RankReport> const& reports, Problems& problems) {
    compare(
        reports, "MPI", [](RankReport const& each) { return each.mpi.library; }, problems);
    compare(
        reports, "HDF5", [](RankReport const& each) { return each.hdf5; }, problems);
    if (std::ranges::any_of(reports, [](RankReport const& each) { return !each.hdf5_parallel; }))
        problems.push_back(
            {Kind::broken, "HDF5 was built without MPI", "install libhdf5-openmpi-dev and build tessera with it"});
}

void find_path_not_shared(std::vector<RankReport> const& reports, Wishes const& wishes, Problems& problems) {
    if (!wishes.path) return;
    RankReport const& root = reports.front();
    auto const tell = [&](RankReport const& rank, std::string const& what, std::string const& remedy) {
        problems.push_back({Kind::broken,
                            fmt::format("{}: rank {} on {}: {}", *wishes.path, rank.rank, rank.facts.host, what),
                            remedy});
    };
    if (!root.path.sees_it) return tell(root, root.path.error, "name a place that is there");
    constexpr char const* remedy = "put it on a file system that all hosts share (NFS, Lustre, a ReadWriteMany volume)";
    if (!root.path.sees_probe && root.path.bytes > 0) {
        // A file is read: it need not be where one may write.
        for (RankReport const& each : reports) {
            if (!each.path.sees_it) return tell(each, each.path.error, remedy);
            if (each.path.bytes != root.path.bytes) return tell(each, "a file of another size than rank 0's", remedy);
        }
        tell(root, "its folder " + root.path.error, "nothing, where it is only read");
        problems.back().kind = Problem::Kind::warning;
        return;
    }
    if (!root.path.sees_probe)
        return tell(root, root.path.error, "make it writable for this user, or name another place");
    // Whoever does not see what the root made is the cause; that others do not find what he wrote follows from it.
    for (RankReport const& each : reports)
        if (!each.path.sees_probe) return tell(each, each.path.error, remedy);
    for (RankReport const& each : reports)
        if (each.path.error.starts_with("cannot be written"))
            return tell(each, each.path.error, "make room there, or name another place");
    for (RankReport const& each : reports) {
        if (each.path.bytes != root.path.bytes) return tell(each, "a file of another size than rank 0's", remedy);
        if (!each.path.writes_together) return tell(each, each.path.error, remedy);
    }
}

}  // namespace tessera::doctor
