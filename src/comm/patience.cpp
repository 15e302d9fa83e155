#include "tessera/comm/patience.hpp"

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"

namespace tessera::comm {
namespace {

constexpr int broadcast_tag = 4;
/// A rank that has missed the bell looks again after this.
constexpr std::chrono::milliseconds longest_sleep{500};

/// One message to each, on its way at once where it is short.
void tell(Communicator const& communicator, Doorbell const& doorbell, std::vector<std::byte> const& bytes) {
    std::vector<MPI_Request> requests;
    for (int const rank : doorbell.way().to)
        check(MPI_Isend(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, rank, broadcast_tag,
                        communicator.handle(), &requests.emplace_back(MPI_REQUEST_NULL)),
              "MPI_Isend");
    communicator.count_sent(CollectiveKind::broadcast_patiently, static_cast<int>(requests.size()), bytes.size());
    if (requests.empty()) return;
    doorbell.ring();
    wait_patiently({}, [&] {
        int done = 0;
        check(MPI_Testall(static_cast<int>(requests.size()), requests.data(), &done, MPI_STATUSES_IGNORE),
              "MPI_Testall");
        return done != 0;
    });
}

/// A message from one rank, looked for a few times: the first look may only set MPI to fetch it.
class Letterbox {
  public:
    Letterbox(Communicator const& communicator, int from) : handle_(communicator.handle()), from_(from) {}

    bool look() {
        constexpr int looks = 4;
        int here = 0;
        for (int i = 0; i < looks && here == 0; ++i)
            check(MPI_Improbe(from_, broadcast_tag, handle_, &here, &message_, &status_), "MPI_Improbe");
        return here != 0;
    }
    void take(std::vector<std::byte>& bytes) {
        int size = 0;
        check(MPI_Get_count(&status_, MPI_BYTE, &size), "MPI_Get_count");
        bytes.resize(static_cast<std::size_t>(size));
        check(MPI_Mrecv(bytes.data(), size, MPI_BYTE, &message_, MPI_STATUS_IGNORE), "MPI_Mrecv");
    }

  private:
    MPI_Comm handle_;
    int from_;
    MPI_Message message_ = MPI_MESSAGE_NULL;
    MPI_Status status_{};
};

/// The bell rings after the message is sent: whoever reads the bell's count, finds no message and then sleeps until the
/// count changes cannot miss it.
void wait_for_bell(Doorbell const& doorbell, Letterbox& letterbox) {
    auto const start = std::chrono::steady_clock::now();
    for (;;) {
        std::uint32_t const rung = doorbell.count();
        if (letterbox.look()) return;
        if (std::chrono::steady_clock::now() - start >= Patience{}.awake) doorbell.sleep(rung, longest_sleep);
    }
}

}  // namespace

void broadcast_patiently(Communicator const& comm, Doorbell const& doorbell, std::vector<std::byte>& bytes) {
    auto const entered = enter(comm, CollectiveKind::broadcast_patiently);
    if (!comm.is_root()) {
        Letterbox letterbox(comm, doorbell.way().from);
        if (doorbell.way().by_bell)
            wait_for_bell(doorbell, letterbox);
        else
            wait_patiently({}, [&] { return letterbox.look(); });
        letterbox.take(bytes);
    }
    tell(comm, doorbell, bytes);
}

}  // namespace tessera::comm
