#include "tessera/comm/patience.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <thread>

#include "harness/world.hpp"
#include "tessera/comm/exchange.hpp"

namespace tessera::comm {
namespace {

using harness::world;

std::vector<std::byte> made_up(std::size_t length, std::size_t round) {
    std::vector<std::byte> bytes(length);
    for (std::size_t i = 0; i < length; ++i)
        bytes[i] = static_cast<std::byte>((i * 7 + round * 13 + i / 251) & 0xff);
    return bytes;
}

TEST(Patience, BringsTheRootsBytesWhateverTheirLength) {
    auto const doorbell = hang_doorbell(world());
    std::size_t round = 0;
    for (std::size_t const length : {0, 1, 17, 2039, 2040, 2041, 2048, 5000, 1'000'000, 3}) {
        auto const want = made_up(length, ++round);
        auto bytes = world().is_root() ? want : made_up(length / 2 + 5, 99);
        broadcast_patiently(world(), doorbell, bytes);
        EXPECT_EQ(bytes, want) << "length " << length;
    }
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Processor time does not depend on how busy the machine is otherwise; a spinning wait would take all of it.
TEST(Patience, SleepsWhileItWaits) {
#ifdef TESSERA_CHECK_COLLECTIVES
    GTEST_SKIP() << "comparing collectives, ranks wait for each other without sleep";
#endif
    auto const doorbell = hang_doorbell(world());
    double const before = cpu_seconds();
    std::vector<std::byte> bytes(10);
    if (world().is_root()) std::this_thread::sleep_for(std::chrono::seconds(2));
    broadcast_patiently(world(), doorbell, bytes);
    EXPECT_LT(cpu_seconds() - before, 2 * 0.2);
}

TEST(Gather, BringsTheBytesOfThoseWhoSend) {
    for (std::size_t const limit : {1, 7, 64, 1 << 20})
        for (unsigned chosen = 0; chosen < 1U << world().size(); ++chosen) {
            std::vector<std::uint8_t> senders;
            for (int rank = 0; rank < world().size(); ++rank)
                senders.push_back(chosen >> rank & 1);
            auto const length_of = [&](std::size_t rank) { return (rank * 37 + chosen * 11) % 200; };
            auto const mine = static_cast<std::size_t>(world().rank());
            auto const lists = gather_from_some_to_root(world(), senders, made_up(length_of(mine), mine), limit);
            ASSERT_EQ(lists.size(), world().is_root() ? senders.size() : 0);
            for (std::size_t rank = 0; rank < lists.size(); ++rank)
                EXPECT_EQ(lists[rank], senders[rank] ? made_up(length_of(rank), rank) : std::vector<std::byte>{})
                    << "rank " << rank << ", senders " << chosen << ", limit " << limit;
        }
}

}  // namespace
}  // namespace tessera::comm
