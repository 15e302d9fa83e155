#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tessera::comm {

/// The collectives that pass values on, each named as its function; the rest are made of these.
enum class CollectiveKind : std::uint8_t {
    barrier,
    allreduce,
    reduce_to_root,
    exclusive_sum,
    broadcast,
    allgather,
    allgather_all,
    all_to_all,
    exchange,
    gather_to_root,
    gather_from_some_to_root,
    broadcast_patiently,
};
inline constexpr std::array<char const*, 12> collective_names{"barrier",
                                                              "allreduce",
                                                              "reduce_to_root",
                                                              "exclusive_sum",
                                                              "broadcast",
                                                              "allgather",
                                                              "allgather_all",
                                                              "all_to_all",
                                                              "exchange",
                                                              "gather_to_root",
                                                              "gather_from_some_to_root",
                                                              "broadcast_patiently"};

/// What a rank has sent.
struct Sent {
    std::uint64_t calls = 0;     ///< how often it entered the collective, with something to send or without
    std::uint64_t messages = 0;  ///< parts that are not empty, each for one other rank
    std::uint64_t bytes = 0;     ///< in these messages

    Sent& operator+=(Sent const& other) {
        calls += other.calls;
        messages += other.messages;
        bytes += other.bytes;
        return *this;
    }
    friend Sent operator-(Sent a, Sent const& b) {
        return {a.calls - b.calls, a.messages - b.messages, a.bytes - b.bytes};
    }
    friend bool operator==(Sent const&, Sent const&) = default;
};

/// What a rank has sent, by kind of collective.
///
/// A message is a part that is not empty and that a rank hands over for one other rank, itself never; longer ones than
/// one call takes are several. `exchange`, the gathers and `broadcast_patiently` send each themselves. The others leave
/// the way to MPI, whose messages nobody sees; they are counted as if values went straight: `broadcast` from the root
/// to each other rank, `reduce_to_root` from each to the root, `allreduce` both, `exclusive_sum` from each rank to the
/// next, `allgather`, `allgather_all` and `all_to_all` from each to each other. MPI's trees and rings move about as
/// much in all, though more evenly over the ranks. A barrier sends nothing, but has calls.
///
/// Not counted: the making of communicators, windows and files, what HDF5 and MPI's file access say to each other, and
/// the comparison of names in the debug preset.
struct Traffic {
    std::array<Sent, collective_names.size()> by_kind{};
    /// Within the collective, most of it waiting for others where there is little to send.
    std::array<std::uint64_t, collective_names.size()> nanoseconds{};

    Sent& of(CollectiveKind kind) { return by_kind[static_cast<std::size_t>(kind)]; }
    Sent const& of(CollectiveKind kind) const { return by_kind[static_cast<std::size_t>(kind)]; }
};

/// Local. The name of a collective's function.
constexpr char const* name_of(CollectiveKind kind) {
    return collective_names[static_cast<std::size_t>(kind)];
}

/// Local. All kinds together.
Sent total_of(Traffic const& traffic);
/// Local. Adds up.
void add_to(Traffic& sum, Traffic const& more);
/// Local. What was sent since.
Traffic difference(Traffic const& now, Traffic const& before);

}  // namespace tessera::comm
