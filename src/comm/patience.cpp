#include "tessera/comm/patience.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"

namespace tessera::comm {

void broadcast_patiently(Communicator const& comm, std::span<std::byte> bytes) {
    using namespace std::chrono_literals;
    // No check_same_collective: it would wait, busily, for what this function waits for asleep.
    MPI_Request request = MPI_REQUEST_NULL;
    check(MPI_Ibcast(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, 0, comm.handle(), &request), "MPI_Ibcast");
    // A nap is about an eighth of the wait so far, so that one comes that much too late at most; then two milliseconds,
    // which cost a core less than 2 %.
    std::chrono::nanoseconds nap = 20us;
    for (int done = 0;;) {
        check(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "MPI_Test");
        if (done) return;
        std::this_thread::sleep_for(nap);
        nap = std::min<std::chrono::nanoseconds>(nap + nap / 8, 2ms);
    }
}

}  // namespace tessera::comm
