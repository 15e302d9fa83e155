#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/comm/datatype.hpp"

namespace tessera::comm {

/// Most elements that one MPI call is given: far below 2^31, and below 2 GiB for elements of up to 16 bytes.
inline constexpr std::size_t elements_a_call = std::size_t{1} << 27;

/// How numbers of all ranks become one.
enum class Reduction { sum, min, max };

/// Local. MPI's own operation.
inline MPI_Op operation_of(Reduction reduction) {
    switch (reduction) {
        case Reduction::min:
            return MPI_MIN;
        case Reduction::max:
            return MPI_MAX;
        default:
            return MPI_SUM;
    }
}

/// Collective. Returns when every rank has come.
inline void barrier(Communicator const& comm) {
    auto const entered = enter(comm, CollectiveKind::barrier);
    check(MPI_Barrier(comm.handle()), "MPI_Barrier");
}

/// Collective. Reduces element by element, in place, on every rank. Shape: the same on every rank.
template <class T>
void allreduce(Communicator const& comm, Reduction reduction, std::span<T> values) {
    auto const entered = enter(comm, CollectiveKind::allreduce);
    for (std::size_t done = 0; done < values.size(); done += elements_a_call) {
        auto const part = values.subspan(done, std::min(elements_a_call, values.size() - done));
        check(MPI_Allreduce(MPI_IN_PLACE, part.data(), static_cast<int>(part.size()), Datatype<T>::get(),
                            operation_of(reduction), comm.handle()),
              "MPI_Allreduce");
        comm.count_sent(CollectiveKind::allreduce, comm.is_root() ? comm.size() - 1 : 1, part.size_bytes());
    }
}

/// Collective. Reduces one number.
template <class T>
T allreduce(Communicator const& comm, Reduction reduction, T value) {
    allreduce(comm, reduction, std::span<T>(&value, 1));
    return value;
}

/// Collective. As allreduce, but only the root gets the result; elsewhere `values` is left undefined.
template <class T>
void reduce_to_root(Communicator const& comm, Reduction reduction, std::span<T> values) {
    auto const entered = enter(comm, CollectiveKind::reduce_to_root);
    for (std::size_t done = 0; done < values.size(); done += elements_a_call) {
        auto const part = values.subspan(done, std::min(elements_a_call, values.size() - done));
        void const* const send = comm.is_root() ? MPI_IN_PLACE : part.data();
        check(MPI_Reduce(send, part.data(), static_cast<int>(part.size()), Datatype<T>::get(), operation_of(reduction),
                         0, comm.handle()),
              "MPI_Reduce");
        comm.count_sent(CollectiveKind::reduce_to_root, comm.is_root() ? 0 : 1, part.size_bytes());
    }
}

/// Collective. Element by element, the sum over lower ranks, in place; 0 on the root. Shape: the same on every rank, at
/// most elements_a_call.
inline void exclusive_sum(Communicator const& comm, std::span<std::uint64_t> values) {
    auto const entered = enter(comm, CollectiveKind::exclusive_sum);
    std::vector<std::uint64_t> before(values.size(), 0);
    check(
        MPI_Exscan(values.data(), before.data(), static_cast<int>(values.size()), MPI_UINT64_T, MPI_SUM, comm.handle()),
        "MPI_Exscan");
    comm.count_sent(CollectiveKind::exclusive_sum, comm.rank() + 1 < comm.size() ? 1 : 0, values.size_bytes());
    if (comm.is_root()) std::fill(before.begin(), before.end(), 0);  // MPI leaves the root's result undefined
    std::copy(before.begin(), before.end(), values.begin());
}

/// Collective. As above, for one number.
inline std::uint64_t exclusive_sum(Communicator const& comm, std::uint64_t value) {
    exclusive_sum(comm, std::span<std::uint64_t>(&value, 1));
    return value;
}

/// Collective. The root's values on every rank. Shape: the same on every rank.
template <class T>
void broadcast(Communicator const& comm, std::span<T> values, int root = 0) {
    auto const entered = enter(comm, CollectiveKind::broadcast);
    for (std::size_t done = 0; done < values.size(); done += elements_a_call) {
        auto const part = values.subspan(done, std::min(elements_a_call, values.size() - done));
        check(MPI_Bcast(part.data(), static_cast<int>(part.size()), Datatype<T>::get(), root, comm.handle()),
              "MPI_Bcast");
        comm.count_sent(CollectiveKind::broadcast, comm.rank() == root ? comm.size() - 1 : 0, part.size_bytes());
    }
}

/// Collective. The root's vector or string on every rank, whatever its length.
template <class Sequence>
void broadcast_resized(Communicator const& comm, Sequence& values, int root = 0) {
    std::uint64_t length = values.size();
    broadcast(comm, std::span<std::uint64_t>(&length, 1), root);
    values.resize(length);
    broadcast(comm, std::span(values.data(), values.size()), root);
}

/// Collective. One value of every rank, in the order of ranks, on every rank.
template <class T>
std::vector<T> allgather(Communicator const& comm, T value) {
    auto const entered = enter(comm, CollectiveKind::allgather);
    std::vector<T> all(static_cast<std::size_t>(comm.size()));
    check(MPI_Allgather(&value, 1, Datatype<T>::get(), all.data(), 1, Datatype<T>::get(), comm.handle()),
          "MPI_Allgather");
    comm.count_sent(CollectiveKind::allgather, comm.size() - 1, sizeof(T));
    return all;
}

/// Collective. Every rank's values one after the other, in the order of ranks, on every rank. Shape: any length on each
/// rank, fewer than 2^31 in all (it is meant for tables that every rank holds).
template <class T>
std::vector<T> allgather_all(Communicator const& comm, std::span<T const> values) {
    auto const lengths = allgather(comm, std::uint64_t{values.size()});
    auto const entered = enter(comm, CollectiveKind::allgather_all);
    std::vector<int> counts, offsets;
    std::uint64_t total = 0;
    for (std::uint64_t const length : lengths) {
        offsets.push_back(static_cast<int>(total));
        counts.push_back(static_cast<int>(length));
        total += length;
    }
    if (total > static_cast<std::uint64_t>(std::numeric_limits<int>::max()))
        throw MpiError("allgather_all: the table has 2^31 entries or more");
    std::vector<T> all(total);
    check(MPI_Allgatherv(values.data(), static_cast<int>(values.size()), Datatype<T>::get(), all.data(), counts.data(),
                         offsets.data(), Datatype<T>::get(), comm.handle()),
          "MPI_Allgatherv");
    comm.count_sent(CollectiveKind::allgather_all, comm.size() - 1, values.size_bytes());
    return all;
}

/// Collective. One value for every rank to every rank: result[r] is what rank r has at this rank's place.
template <class T>
std::vector<T> all_to_all(Communicator const& comm, std::span<T const> values) {
    auto const entered = enter(comm, CollectiveKind::all_to_all);
    std::vector<T> received(static_cast<std::size_t>(comm.size()));
    check(MPI_Alltoall(values.data(), 1, Datatype<T>::get(), received.data(), 1, Datatype<T>::get(), comm.handle()),
          "MPI_Alltoall");
    comm.count_sent(CollectiveKind::all_to_all, comm.size() - 1, sizeof(T));
    return received;
}

}  // namespace tessera::comm
