#pragma once
#include <cstddef>
#include <exception>
#include <span>
#include <string_view>
#include <utility>

#include "tessera/comm/communicator.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::comm {

/// Collective. The root's bytes on every rank, as `broadcast`; but a rank that waits for the root sleeps between two
/// looks, where MPI's own calls would keep a core busy. Shape: the same length on every rank, below 2 GiB.
void broadcast_patiently(Communicator const& comm, std::span<std::byte> bytes);

/// Collective. As run_on_root, for work that may take long because it waits for something: the others sleep. Returns on
/// every rank what the root's work returned. `work` is local.
template <class Work>
bool decide_on_root_patiently(Communicator const& comm, std::string_view stage, Work&& work) {
    std::exception_ptr error;
    std::byte answer{};
    if (comm.is_root()) try {
            answer = std::forward<Work>(work)() ? std::byte{1} : std::byte{0};
        } catch (...) {
            error = std::current_exception();
        }
    broadcast_patiently(comm, std::span(&answer, 1));
    run_on_root(comm, stage, [&] {
        if (error) std::rethrow_exception(error);
    });
    return answer != std::byte{0};
}

}  // namespace tessera::comm
