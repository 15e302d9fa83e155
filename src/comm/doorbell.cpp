#include "tessera/comm/doorbell.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <new>
#include <utility>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::comm {

/// A word of memory that the ranks of a node share.
struct Doorbell::Shared {
    MPI_Win window = MPI_WIN_NULL;
    std::atomic<std::uint32_t>* word = nullptr;

    ~Shared() { MPI_Win_free(&window); }
};

static_assert(std::atomic<std::uint32_t>::is_always_lock_free && sizeof(std::atomic<std::uint32_t>) == 4);

Doorbell::Doorbell(std::shared_ptr<Shared> shared, Way way) : shared_(std::move(shared)), way_(std::move(way)) {}

void Doorbell::ring() const {
    shared_->word->fetch_add(1);
    // std::atomic's own notify wakes threads of this process only.
    syscall(SYS_futex, shared_->word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

std::uint32_t Doorbell::count() const {
    return shared_->word->load();
}

void Doorbell::sleep(std::uint32_t count, std::chrono::milliseconds longest) const {
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(longest);
    timespec const time{seconds.count(), std::chrono::nanoseconds(longest - seconds).count()};
    // Returns at once where it has rung meanwhile; why it returns is no matter, for the caller looks again.
    syscall(SYS_futex, shared_->word, FUTEX_WAIT, count, &time, nullptr, 0);
}

namespace {

/// Collective. The ways of all ranks; `mates` are the ranks of this rank's node, ascending.
Doorbell::Way find_way(Communicator const& comm, std::vector<std::int32_t> const& mates) {
    int const leader = mates.front();
    auto leaders = allgather(comm, std::int32_t{leader});
    Doorbell::Way way;
    bool const leads = comm.rank() == leader;
    way.from = leads ? 0 : leader;
    way.by_bell = !leads;
    if (leads) way.to.assign(mates.begin() + 1, mates.end());
    std::sort(leaders.begin(), leaders.end());
    leaders.erase(std::unique(leaders.begin(), leaders.end()), leaders.end());
    if (comm.is_root()) way.to.insert(way.to.end(), leaders.begin() + 1, leaders.end());
    return way;
}

}  // namespace

Doorbell hang_doorbell(Communicator const& comm) {
    auto const node = split_by_node(comm);
    auto shared = std::make_shared<Doorbell::Shared>();
    void* word = nullptr;
    MPI_Aint size = node.is_root() ? sizeof(std::atomic<std::uint32_t>) : 0;
    check(MPI_Win_allocate_shared(size, 1, MPI_INFO_NULL, node.handle(), &word, &shared->window),
          "MPI_Win_allocate_shared");
    int unit = 0;
    check(MPI_Win_shared_query(shared->window, 0, &size, &unit, &word), "MPI_Win_shared_query");
    shared->word = static_cast<std::atomic<std::uint32_t>*>(word);
    if (node.is_root()) new (shared->word) std::atomic<std::uint32_t>(0);
    barrier(node);
    return {std::move(shared), find_way(comm, allgather(node, std::int32_t{comm.rank()}))};
}

}  // namespace tessera::comm
