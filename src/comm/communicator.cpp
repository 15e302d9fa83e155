#include "tessera/comm/communicator.hpp"

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"

namespace tessera::comm {

Communicator::Communicator(MPI_Comm handle, Ownership ownership)
    : handle_(new MPI_Comm(handle),
              [ownership](MPI_Comm const* owned) {
                  MPI_Comm last = *owned;
                  if (ownership == Ownership::free) MPI_Comm_free(&last);
                  delete owned;
              }),
      traffic_(std::make_shared<Traffic>()) {
    check(MPI_Comm_set_errhandler(handle, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
    check(MPI_Comm_rank(handle, &rank_), "MPI_Comm_rank");
    check(MPI_Comm_size(handle, &size_), "MPI_Comm_size");
}

Communicator Communicator::take_over_part(MPI_Comm handle) const {
    Communicator part(handle, Ownership::free);
    part.traffic_ = traffic_;
    return part;
}

void Communicator::count_sent(CollectiveKind kind, int ranks, std::size_t bytes_each) const {
    if (ranks == 0 || bytes_each == 0) return;
    auto const messages = static_cast<std::uint64_t>(ranks);
    traffic_->of(kind) += {.calls = 0, .messages = messages, .bytes = messages * bytes_each};
}

Communicator split_by_node(Communicator const& comm) {
    check_same_collective(comm, "split_by_node");
    MPI_Comm node = MPI_COMM_NULL;
    check(MPI_Comm_split_type(comm.handle(), MPI_COMM_TYPE_SHARED, comm.rank(), MPI_INFO_NULL, &node),
          "MPI_Comm_split_type");
    return comm.take_over_part(node);
}

}  // namespace tessera::comm
