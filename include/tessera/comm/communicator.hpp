#pragma once
#include <mpi.h>

#include <memory>

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

    /// Takes over a handle that must be freed; `keep` says that it must not be (MPI_COMM_WORLD).
    enum class Ownership { free, keep };
    Communicator(MPI_Comm handle, Ownership ownership);

  private:
    std::shared_ptr<MPI_Comm const> handle_;
    int rank_ = 0;
    int size_ = 1;
};

/// Collective. The ranks that share this rank's node.
Communicator split_by_node(Communicator const& comm);

}  // namespace tessera::comm
