#pragma once
#include <mpi.h>

#include <memory>

#include "tessera/comm/traffic.hpp"

namespace tessera::comm {

/// A group of ranks. A value: copies share the handle, the last one frees it.
/// A function is collective if and only if its first parameter is `Communicator const&`.
class Communicator {
  public:
    int rank() const { return rank_; }
    int size() const { return size_; }
    bool is_root() const { return rank_ == 0; }
    /// The bare handle, for HDF5 and for this floor alone.
    MPI_Comm handle() const { return *handle_; }

    /// What this rank has sent so far, through this communicator, those split off it and the one it was split off.
    Traffic const& traffic() const { return *traffic_; }
    /// For this floor alone, like the next: this rank enters a collective.
    void count_call(CollectiveKind kind) const { ++traffic_->of(kind).calls; }
    /// This rank hands over so many bytes for each of so many other ranks. From the main thread, as MPI itself.
    void count_sent(CollectiveKind kind, int ranks, std::size_t bytes_each) const;
    /// The time it was in such collectives, in nanoseconds, to be added to.
    std::uint64_t& time_of(CollectiveKind kind) const { return traffic_->nanoseconds[static_cast<std::size_t>(kind)]; }

    /// Takes over a handle that must be freed; `keep` says that it must not be (MPI_COMM_WORLD).
    enum class Ownership { free, keep };
    Communicator(MPI_Comm handle, Ownership ownership);
    /// Some of these ranks, which go on counting what they send here. Takes over the handle, which must be freed.
    Communicator take_over_part(MPI_Comm handle) const;

  private:
    std::shared_ptr<MPI_Comm const> handle_;
    std::shared_ptr<Traffic> traffic_;
    int rank_ = 0;
    int size_ = 1;
};

/// Collective. The ranks that share this rank's node.
Communicator split_by_node(Communicator const& comm);

}  // namespace tessera::comm
