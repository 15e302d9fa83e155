#include "tessera/app/memory_need.hpp"

#include <fmt/format.h>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/machine/facts.hpp"

namespace tessera::app {
namespace {

/// A rank without trips.
constexpr std::uint64_t process_bytes = 30 << 20;
/// A trip while it is read and sorted: one cache line, and a key.
constexpr std::uint64_t trip_bytes = 80;
/// What gzip makes of such text is a fifth of it or less.
constexpr std::uint64_t gzip_gain = 4;

/// Lines are no longer than this, but for a few.
std::uint64_t longest_usual_line(core::Source source) {
    return source == core::Source::uber ? 60 : 220;
}

}  // namespace

std::uint64_t least_bytes_to_ingest(std::vector<ingest::InputFile> const& files) {
    std::uint64_t bytes = 0;
    for (ingest::InputFile const& file : files)
        bytes += file.bytes * (file.gzip ? gzip_gain : 1) / longest_usual_line(file.binding.source) * trip_bytes;
    return bytes;
}

void require_memory(comm::Communicator const& comm, std::string_view doing, std::uint64_t my_bytes) {
    comm::Communicator const node = comm::split_by_node(comm);
    std::uint64_t const node_bytes = comm::allreduce(node, comm::Reduction::sum, my_bytes + process_bytes);
    comm::run_local(comm, doing, [&] {
        std::uint64_t const limit = machine::read_cgroup_limits().memory_bytes;
        if (limit == 0 || node_bytes <= limit) return;
        constexpr double mib = 1 << 20;
        machine::Facts const facts = machine::read_facts();
        throw core::DataError(
            fmt::format("{}: {} rank{} {:.0f} MiB of memory at the least, and the limit of the container or job "
                        "is {:.0f} MiB; raise it "
                        "(resources.limits.memory, sbatch --mem), or spread the ranks over more hosts",
                        facts.host, node.size(), node.size() == 1 ? " needs" : "s need",
                        static_cast<double>(node_bytes) / mib, static_cast<double>(limit) / mib));
    });
}

}  // namespace tessera::app
