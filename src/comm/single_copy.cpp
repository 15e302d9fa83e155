#include "tessera/comm/single_copy.hpp"

#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tessera/comm/collectives.hpp"
#include "tessera/core/error.hpp"

namespace tessera::comm {

SingleCopy try_single_copy(Communicator const& comm) {
    Communicator const node = split_by_node(comm);
#ifdef PR_SET_PTRACER
    // Where only parents may look into their children (Yama), MPI allows its ranks to look; so do we.
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
#endif
    auto const pids = allgather(node, static_cast<std::int64_t>(getpid()));
    std::uint64_t const word = 0x7e55e7a000000000ULL + static_cast<std::uint64_t>(node.rank());
    auto const places = allgather(node, reinterpret_cast<std::uint64_t>(&word));
    SingleCopy tried;
    if (node.size() > 1) {
        auto const next = static_cast<std::size_t>((node.rank() + 1) % node.size());
        std::uint64_t read = 0;
        iovec const mine{&read, sizeof read};
        iovec const theirs{reinterpret_cast<void*>(places[next]), sizeof read};
        ssize_t const bytes = process_vm_readv(static_cast<pid_t>(pids[next]), &mine, 1, &theirs, 1, 0);
        bool const works = bytes == sizeof read && read == 0x7e55e7a000000000ULL + next;
        tried.outcome = works ? SingleCopy::Outcome::works : SingleCopy::Outcome::refused;
        if (!works)
            tried.reason = bytes < 0 ? core::system_error_text(errno) : "another process has that number over there";
    }
    barrier(node);  // `word` must live until everybody has read it
    return tried;
}

}  // namespace tessera::comm
