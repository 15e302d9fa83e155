#include "tessera/comm/traffic.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/comm/patience.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::comm {
namespace {

using harness::world;

/// What this rank has sent while `work` ran.
template <class Work>
Traffic traffic_of(Work&& work) {
    Traffic const before = world().traffic();
    work();
    return difference(world().traffic(), before);
}

bool is_last() {
    return world().rank() + 1 == world().size();
}
std::uint64_t others() {
    return static_cast<std::uint64_t>(world().size()) - 1;
}

/// Only this kind was counted, and it was so.
void expect_only(CollectiveKind kind, Sent const& want, Traffic const& got) {
    Sent const& sent = got.of(kind);
    EXPECT_EQ(sent.calls, want.calls) << name_of(kind);
    EXPECT_EQ(sent.messages, want.messages) << name_of(kind);
    EXPECT_EQ(sent.bytes, want.bytes) << name_of(kind);
    EXPECT_EQ(total_of(got), sent) << "besides " << name_of(kind);
}

TEST(Traffic, OfValuesOnTheirWayToTheRootAndBack) {
    std::vector<std::uint64_t> five(5, 1);  // 40 bytes
    std::uint64_t const n = others();
    bool const root = world().is_root(), alone = n == 0;
    expect_only(CollectiveKind::allreduce, {1, root ? n : 1, root ? 40 * n : 40},
                traffic_of([&] { allreduce(world(), Reduction::sum, std::span(five)); }));
    expect_only(CollectiveKind::reduce_to_root, {1, root ? 0U : 1U, root ? 0U : 40U},
                traffic_of([&] { reduce_to_root(world(), Reduction::max, std::span(five)); }));
    expect_only(CollectiveKind::broadcast, {1, root ? n : 0, root ? 40 * n : 0},
                traffic_of([&] { broadcast(world(), std::span(five)); }));
    expect_only(CollectiveKind::broadcast, {1, is_last() ? n : 0, is_last() ? 40 * n : 0},
                traffic_of([&] { broadcast(world(), std::span(five), world().size() - 1); }));
    expect_only(CollectiveKind::exclusive_sum, {1, is_last() ? 0U : 1U, is_last() ? 0U : 40U},
                traffic_of([&] { exclusive_sum(world(), std::span(five)); }));
    expect_only(CollectiveKind::barrier, {1, 0, 0}, traffic_of([] { barrier(world()); }));
    // Nobody has failed: one number, an int, from all to all.
    expect_only(CollectiveKind::allreduce, {1, alone ? 0U : (root ? n : 1), alone ? 0U : (root ? 4 * n : 4)},
                traffic_of([] { run_local(world(), "nothing", [] {}); }));
}

TEST(Traffic, FromEachToEachOther) {
    std::uint64_t const n = others();
    expect_only(CollectiveKind::allgather, {1, n, 4 * n}, traffic_of([] { allgather(world(), std::int32_t{7}); }));
    std::vector<std::uint64_t> const one_each(n + 1, 3);
    expect_only(CollectiveKind::all_to_all, {1, n, 8 * n},
                traffic_of([&] { all_to_all(world(), std::span(one_each)); }));
    // Rank r has 2 r bytes; the root has none, and sends nothing but the length.
    std::string const text(static_cast<std::size_t>(2 * world().rank()), 'x');
    Traffic const got = traffic_of([&] { allgather_all(world(), std::span<char const>(text)); });
    EXPECT_EQ(got.of(CollectiveKind::allgather), (Sent{1, n, 8 * n}));
    EXPECT_EQ(got.of(CollectiveKind::allgather_all), (Sent{1, text.empty() ? 0 : n, n * text.size()}));
    EXPECT_EQ(total_of(got).calls, 2U);
}

TEST(Traffic, OfAnExchangeIsWhatGoesToOthers) {
    // Rank s sends 10 (s + 1) bytes to rank 0, 100 to itself, 1 to the rank after it.
    auto const size = static_cast<std::size_t>(world().size());
    auto const bytes_from_to = [size](std::size_t from, std::size_t to) {
        return from == to ? 100U : (to == 0 ? 10 * (from + 1) : 0) + (to == (from + 1) % size ? 1 : 0);
    };
    auto const me = static_cast<std::size_t>(world().rank());
    std::vector<std::uint64_t> to, from;
    for (std::size_t other = 0; other < size; ++other) {
        to.push_back(bytes_from_to(me, other));
        from.push_back(bytes_from_to(other, me));
    }
    std::vector<char> const send(std::accumulate(to.begin(), to.end(), std::uint64_t{0}), 'x');
    auto const sent = [&](std::size_t limit) {
        return traffic_of([&] { exchange(world(), std::span<char const>(send), to, from, limit); });
    };
    // By hand, for rank 0, 1, 2, 3 of a world of so many ranks.
    using Row = std::array<Sent, 4>;
    std::array<Row, 4> const whole{Row{Sent{1, 0, 0}},                                  //
                                   Row{Sent{1, 1, 1}, Sent{1, 1, 21}},                  //
                                   Row{Sent{1, 1, 1}, Sent{1, 2, 21}, Sent{1, 1, 31}},  //
                                   Row{Sent{1, 1, 1}, Sent{1, 2, 21}, Sent{1, 2, 31}, Sent{1, 1, 41}}};
    expect_only(CollectiveKind::exchange, whole[size - 1][me], sent(message_limit_bytes));
    // In pieces of at most 20 bytes: 20 + 1 of 21, 20 + 10 of 30, 20 + 11 of 31, 20 + 20 + 1 of 41.
    std::array<Row, 4> const pieces{Row{Sent{1, 0, 0}},                                  //
                                    Row{Sent{1, 1, 1}, Sent{1, 2, 21}},                  //
                                    Row{Sent{1, 1, 1}, Sent{1, 2, 21}, Sent{1, 2, 31}},  //
                                    Row{Sent{1, 1, 1}, Sent{1, 2, 21}, Sent{1, 3, 31}, Sent{1, 3, 41}}};
    expect_only(CollectiveKind::exchange, pieces[size - 1][me], sent(20));
}

TEST(Traffic, OfListsThatTheRootGathers) {
    std::vector<std::uint64_t> const list(static_cast<std::size_t>(world().rank()), 1);  // none on the root
    std::uint64_t const n = others(), bytes = 8 * list.size();
    Traffic const got = traffic_of([&] { gather_to_root(world(), std::span(list)); });
    EXPECT_EQ(got.of(CollectiveKind::allgather), (Sent{1, n, 8 * n})) << "the lengths";
    EXPECT_EQ(got.of(CollectiveKind::gather_to_root), (Sent{1, world().is_root() ? 0U : 1U, bytes}));
    EXPECT_EQ(total_of(got).calls, 2U);
}

TEST(Traffic, OfSomeThatSendIsOneMessageEach) {
    // Ranks 0 and 2 send five bytes each, behind their number; the root has nobody to send them to.
    std::vector<std::uint8_t> const senders{1, 0, 1, 0};
    std::vector<std::byte> const bytes(5);
    bool const sends = world().rank() == 2;
    auto const part = std::span(senders).first(static_cast<std::size_t>(world().size()));
    auto const gather = [&](std::size_t limit) {
        return traffic_of([&] { gather_from_some_to_root(world(), part, bytes, limit); });
    };
    expect_only(CollectiveKind::gather_from_some_to_root, {1, sends ? 1U : 0U, sends ? 13U : 0U},
                gather(message_limit_bytes));
    expect_only(CollectiveKind::gather_from_some_to_root, {1, sends ? 3U : 0U, sends ? 13U : 0U}, gather(2));
}

TEST(Traffic, OfWhatRanksWaitForIsOneMessageARank) {
    auto const doorbell = hang_doorbell(world());  // one node: the root tells all
    bool const root = world().is_root();
    for (std::uint64_t const length : {1U, 777U}) {
        std::vector<std::byte> bytes(root ? length : 0);
        std::uint64_t const n = root ? others() : 0;
        expect_only(CollectiveKind::broadcast_patiently, {1, n, n * length},
                    traffic_of([&] { broadcast_patiently(world(), doorbell, bytes); }));
    }
}

/// Ranks of a node talk through a communicator of their own: that counts as well.
TEST(Traffic, IsSharedByCommunicatorsThatWereSplitOff) {
    Communicator const node = split_by_node(world()), copy = node;
    Traffic const got = traffic_of([&] {
        allgather(node, std::int32_t{1});
        allgather(copy, std::int32_t{1});
    });
    auto const mates = static_cast<std::uint64_t>(node.size()) - 1;
    expect_only(CollectiveKind::allgather, {2, 2 * mates, 8 * mates}, got);
    EXPECT_EQ(total_of(traffic_of([] {})), Sent{});
}

}  // namespace
}  // namespace tessera::comm
