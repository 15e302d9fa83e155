#include "tessera/comm/patience.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <thread>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collectives.hpp"

namespace tessera::comm {
namespace {

/// One message of fixed size tells the length and brings what is short at once. It is below what MPI libraries send
/// without asking the receiver first (4 KiB in shared memory), so that the root need not wait for ranks that sleep.
constexpr std::size_t envelope_bytes = 2048;
using Envelope = std::array<std::byte, envelope_bytes>;
constexpr std::size_t length_bytes = sizeof(std::uint64_t);
constexpr std::size_t bytes_in_envelope = envelope_bytes - length_bytes;

Envelope pack(std::vector<std::byte> const& bytes) {
    Envelope envelope{};
    std::uint64_t const length = bytes.size();
    std::memcpy(envelope.data(), &length, length_bytes);
    std::copy_n(bytes.begin(), std::min(bytes.size(), bytes_in_envelope), envelope.begin() + length_bytes);
    return envelope;
}

/// Fills `bytes` with what was in the envelope, and makes room for the rest.
void unpack(Envelope const& envelope, std::vector<std::byte>& bytes) {
    std::uint64_t length = 0;
    std::memcpy(&length, envelope.data(), length_bytes);
    bytes.resize(length);
    std::copy_n(envelope.begin() + length_bytes, std::min<std::size_t>(length, bytes_in_envelope), bytes.begin());
}

/// Looks until the request is done, with longer and longer sleeps.
void wait_patiently(MPI_Request& request, Patience patience) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::microseconds shortest{20};
    auto const start = Clock::now();
    auto sleep = shortest;
    for (int done = 0;;) {
        check(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "MPI_Test");
        if (done != 0) return;
        if (Clock::now() - start < patience.awake) continue;
        std::this_thread::sleep_for(sleep);
        sleep = std::min(sleep * 3 / 2, std::max(shortest, patience.longest));
    }
}

}  // namespace

void broadcast_patiently(Communicator const& comm, std::vector<std::byte>& bytes, Patience patience) {
    check_same_collective(comm, "broadcast_patiently");
    if (comm.size() == 1) return;
    Envelope envelope{};
    if (comm.is_root()) envelope = pack(bytes);
    MPI_Request request = MPI_REQUEST_NULL;
    check(MPI_Ibcast(envelope.data(), envelope_bytes, MPI_BYTE, 0, comm.handle(), &request), "MPI_Ibcast");
    wait_patiently(request, patience);
    if (!comm.is_root()) unpack(envelope, bytes);
    if (bytes.size() > bytes_in_envelope) broadcast(comm, std::span(bytes).subspan(bytes_in_envelope));
}

}  // namespace tessera::comm
