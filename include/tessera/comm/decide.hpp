#pragma once
#include <cstddef>
#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/comm/patience.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::comm {

/// Collective. As run_on_root, for work that may take long because it waits for something, and ends in a yes or no: the
/// other ranks sleep meanwhile. Returns on every rank what the root's work returned. `work` is local.
template <class Work>
bool decide_on_root(Communicator const& comm, Doorbell const& doorbell, std::string_view stage, Work&& work) {
    std::exception_ptr error;
    std::vector<std::byte> answer(1);
    if (comm.is_root()) try {
            answer[0] = std::forward<Work>(work)() ? std::byte{1} : std::byte{0};
        } catch (...) {
            error = std::current_exception();
        }
    broadcast_patiently(comm, doorbell, answer);
    run_on_root(comm, stage, [&] {
        if (error) std::rethrow_exception(error);
    });
    return answer[0] != std::byte{0};
}

}  // namespace tessera::comm
