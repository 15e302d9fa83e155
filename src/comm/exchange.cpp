#include "tessera/comm/exchange.hpp"

#include <algorithm>
#include <cstring>

#include "tessera/comm/check.hpp"
#include "tessera/comm/collective_check.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/patience.hpp"

namespace tessera::comm {
namespace {

constexpr int exchange_tag = 1;
constexpr int gather_tag = 2;
constexpr int some_tag = 3;
/// The sender is at work: it is not long.
constexpr std::chrono::microseconds longest_sleep_for_a_part{50};

/// Messages under way to and from one partner; waits for them all.
class Pieces {
  public:
    Pieces(Communicator const& communicator, CollectiveKind kind, std::size_t limit)
        : communicator_(communicator), kind_(kind), limit_(limit) {}

    void receive(std::span<std::byte> bytes, int from, int tag) {
        for_each_piece(bytes, [&](std::span<std::byte> piece) {
            check(MPI_Irecv(piece.data(), static_cast<int>(piece.size()), MPI_BYTE, from, tag, communicator_.handle(),
                            add()),
                  "MPI_Irecv");
        });
    }
    void send(std::span<std::byte const> bytes, int to, int tag) {
        for_each_piece(bytes, [&](std::span<std::byte const> piece) {
            check(MPI_Isend(piece.data(), static_cast<int>(piece.size()), MPI_BYTE, to, tag, communicator_.handle(),
                            add()),
                  "MPI_Isend");
            communicator_.count_sent(kind_, 1, piece.size());
        });
    }
    void wait() {
        check(MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE), "MPI_Waitall");
        requests_.clear();
    }

  private:
    template <class Bytes, class Start>
    void for_each_piece(Bytes bytes, Start&& start) {
        for (std::size_t done = 0; done < bytes.size(); done += limit_)
            start(bytes.subspan(done, std::min(limit_, bytes.size() - done)));
    }
    MPI_Request* add() { return &requests_.emplace_back(MPI_REQUEST_NULL); }

    Communicator const& communicator_;
    CollectiveKind kind_;
    std::size_t limit_;
    std::vector<MPI_Request> requests_;
};

/// The part of a buffer that belongs to each rank.
template <class Byte>
std::vector<std::span<Byte>> cut(std::span<Byte> buffer, std::span<std::uint64_t const> bytes) {
    std::vector<std::span<Byte>> parts;
    std::size_t offset = 0;
    for (std::uint64_t const length : bytes) {
        parts.push_back(buffer.subspan(offset, length));
        offset += length;
    }
    return parts;
}

/// What a sender's first message holds: the length of all its bytes, and the first of them.
std::vector<std::byte> first_message(std::span<std::byte const> bytes, std::size_t limit) {
    std::uint64_t const length = bytes.size();
    std::vector<std::byte> message(sizeof(length) + std::min(bytes.size(), limit));
    std::memcpy(message.data(), &length, sizeof(length));
    std::copy_n(bytes.begin(), message.size() - sizeof(length), message.begin() + sizeof(length));
    return message;
}

/// Receives a first message of whatever length, and the rest of what it announces.
std::vector<std::byte> receive_all(Communicator const& communicator, int from, std::size_t limit) {
    MPI_Message arrived = MPI_MESSAGE_NULL;
    MPI_Status status;
    wait_patiently({.longest = longest_sleep_for_a_part}, [&] {
        int here = 0;
        check(MPI_Improbe(from, some_tag, communicator.handle(), &here, &arrived, &status), "MPI_Improbe");
        return here != 0;
    });
    int size = 0;
    check(MPI_Get_count(&status, MPI_BYTE, &size), "MPI_Get_count");
    std::vector<std::byte> message(static_cast<std::size_t>(size));
    check(MPI_Mrecv(message.data(), size, MPI_BYTE, &arrived, MPI_STATUS_IGNORE), "MPI_Mrecv");
    std::uint64_t length = 0;
    std::memcpy(&length, message.data(), sizeof(length));
    message.erase(message.begin(), message.begin() + sizeof(length));
    std::size_t const first = message.size();
    message.resize(length);
    Pieces pieces(communicator, CollectiveKind::gather_from_some_to_root, limit);
    pieces.receive(std::span(message).subspan(first), from, some_tag);
    pieces.wait();
    return message;
}

void send_all(Communicator const& communicator, std::span<std::byte const> bytes, std::size_t limit) {
    auto const first = first_message(bytes, limit);
    MPI_Request request = MPI_REQUEST_NULL;
    check(
        MPI_Isend(first.data(), static_cast<int>(first.size()), MPI_BYTE, 0, some_tag, communicator.handle(), &request),
        "MPI_Isend");
    communicator.count_sent(CollectiveKind::gather_from_some_to_root, 1, first.size());
    // Not MPI_Send, which spins: the root may be waiting for the very core that it spins on.
    wait_patiently({.longest = longest_sleep_for_a_part}, [&] {
        int done = 0;
        check(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "MPI_Test");
        return done != 0;
    });
    Pieces pieces(communicator, CollectiveKind::gather_from_some_to_root, limit);
    pieces.send(bytes.subspan(first.size() - sizeof(std::uint64_t)), 0, some_tag);
    pieces.wait();
}

}  // namespace

void exchange_bytes(Communicator const& comm, std::span<std::byte const> send,
                    std::span<std::uint64_t const> send_bytes, std::span<std::byte> receive,
                    std::span<std::uint64_t const> receive_bytes, std::size_t limit) {
    auto const entered = enter(comm, CollectiveKind::exchange);
    auto const to = cut(send, send_bytes);
    auto const from = cut(receive, receive_bytes);
    int const size = comm.size(), me = comm.rank();
    auto const mine = static_cast<std::size_t>(me);
    if (!to[mine].empty()) std::memcpy(from[mine].data(), to[mine].data(), to[mine].size());

    Pieces pieces(comm, CollectiveKind::exchange, limit);
    for (int step = 1; step < size; ++step) {
        int const next = (me + step) % size, previous = (me - step + size) % size;
        pieces.receive(from[static_cast<std::size_t>(previous)], previous, exchange_tag);
        pieces.send(to[static_cast<std::size_t>(next)], next, exchange_tag);
        pieces.wait();
    }
}

std::vector<std::vector<std::byte>> gather_bytes_to_root(Communicator const& comm, std::span<std::byte const> bytes,
                                                         std::size_t limit) {
    auto const lengths = allgather(comm, std::uint64_t{bytes.size()});
    auto const entered = enter(comm, CollectiveKind::gather_to_root);
    std::vector<std::vector<std::byte>> lists;
    Pieces pieces(comm, CollectiveKind::gather_to_root, limit);
    if (comm.is_root()) {
        for (std::uint64_t const length : lengths)
            lists.emplace_back(length);
        std::copy(bytes.begin(), bytes.end(), lists[0].begin());
        for (int rank = 1; rank < comm.size(); ++rank)
            pieces.receive(lists[static_cast<std::size_t>(rank)], rank, gather_tag);
    } else {
        pieces.send(bytes, 0, gather_tag);
    }
    pieces.wait();
    return lists;
}

std::vector<std::vector<std::byte>> gather_from_some_to_root(Communicator const& comm,
                                                             std::span<std::uint8_t const> senders,
                                                             std::span<std::byte const> bytes, std::size_t limit) {
    auto const entered = enter(comm, CollectiveKind::gather_from_some_to_root);
    if (!comm.is_root()) {
        if (senders[static_cast<std::size_t>(comm.rank())] != 0) send_all(comm, bytes, limit);
        return {};
    }
    std::vector<std::vector<std::byte>> lists(static_cast<std::size_t>(comm.size()));
    if (senders[0] != 0) lists[0].assign(bytes.begin(), bytes.end());
    for (int rank = 1; rank < comm.size(); ++rank)
        if (senders[static_cast<std::size_t>(rank)] != 0)
            lists[static_cast<std::size_t>(rank)] = receive_all(comm, rank, limit);
    return lists;
}

}  // namespace tessera::comm
