#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <span>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/gaps.hpp"

namespace tessera::comm {

/// Largest message of an exchange: well under 2 GiB, and large enough that its start costs nothing.
inline constexpr std::size_t message_limit_bytes = std::size_t{256} << 20;

/// Collective. Sends send_bytes[r] bytes to each rank r and receives receive_bytes[r] from it, both laid out in the
/// order of ranks. Counts are 64-bit; no message is longer than `limit` (which a test makes small). One partner at a
/// time, so that memory for messages under way does not grow with the number of ranks.
/// Shapes: send has the sum of send_bytes, receive that of receive_bytes.
void exchange_bytes(Communicator const& comm, std::span<std::byte const> send,
                    std::span<std::uint64_t const> send_bytes, std::span<std::byte> receive,
                    std::span<std::uint64_t const> receive_bytes, std::size_t limit = message_limit_bytes);

/// Collective. As exchange_bytes, for elements and their counts.
template <core::Flat T>
std::vector<T> exchange(Communicator const& comm, std::span<T const> send, std::span<std::uint64_t const> send_counts,
                        std::span<std::uint64_t const> receive_counts, std::size_t limit = message_limit_bytes) {
    auto const in_bytes = [](std::span<std::uint64_t const> counts) {
        std::vector<std::uint64_t> bytes(counts.begin(), counts.end());
        for (std::uint64_t& b : bytes)
            b *= sizeof(T);
        return bytes;
    };
    std::vector<T> received(std::accumulate(receive_counts.begin(), receive_counts.end(), std::uint64_t{0}));
    core::BytesToSend<T> const bytes(send);
    exchange_bytes(comm, bytes.get(), in_bytes(send_counts), std::as_writable_bytes(std::span(received)),
                   in_bytes(receive_counts), limit);
    return received;
}

/// Collective. Bytes of every rank on the root, in the order of ranks; the base of gather_to_root.
std::vector<std::vector<std::byte>> gather_bytes_to_root(Communicator const& comm, std::span<std::byte const> bytes,
                                                         std::size_t limit = message_limit_bytes);

/// Collective. Every rank's values, one list a rank in the order of ranks, on the root; nothing elsewhere.
template <core::Flat T>
std::vector<std::vector<T>> gather_to_root(Communicator const& comm, std::span<T const> values) {
    core::BytesToSend<T> const mine(values);
    std::vector<std::vector<T>> lists;
    for (std::vector<std::byte> const& bytes : gather_bytes_to_root(comm, mine.get())) {
        lists.emplace_back(bytes.size() / sizeof(T));
        if (!bytes.empty()) std::memcpy(lists.back().data(), bytes.data(), bytes.size());
    }
    return lists;
}

/// Collective. The bytes of those ranks that send, on the root, in the order of ranks; empty for the others, and all
/// empty elsewhere. Every rank knows who sends (senders[r] != 0), and one that does not has nothing to do with it: one
/// message a sender, where `bytes` is no longer than `limit`. Shape: senders has one entry a rank.
std::vector<std::vector<std::byte>> gather_from_some_to_root(Communicator const& comm,
                                                             std::span<std::uint8_t const> senders,
                                                             std::span<std::byte const> bytes,
                                                             std::size_t limit = message_limit_bytes);

}  // namespace tessera::comm
