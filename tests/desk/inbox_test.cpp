#include "tessera/desk/inbox.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "fake_responder.hpp"

namespace tessera::desk {
namespace {

using testing::Client;

Inbox::Clock::time_point in(std::chrono::seconds time) {
    return Inbox::Clock::now() + time;
}

TEST(Inbox, GivesAllInTheirOrder) {
    Inbox inbox;
    Client const client;
    for (char const* const path : {"/1", "/2", "/3"})
        inbox.put(client.get(path));
    auto const calls = inbox.take(in(std::chrono::seconds(60)));
    ASSERT_EQ(calls.size(), 3U);
    EXPECT_EQ(calls[0].target.path, "/1");
    EXPECT_EQ(calls[2].target.path, "/3");
    EXPECT_TRUE(inbox.take(in(std::chrono::seconds(0))).empty());
}

TEST(Inbox, WakesOnce) {
    Inbox inbox;
    inbox.wake();
    EXPECT_TRUE(inbox.take(Inbox::Clock::time_point::max()).empty());
    EXPECT_TRUE(inbox.take(in(std::chrono::seconds(0))).empty()) << "it waits again, here for no time";
}

TEST(Inbox, NothingIsLostBetweenThreads) {
    Inbox inbox;
    Client const client;
    constexpr std::size_t count = 20'000;
    std::thread from([&] {
        for (std::size_t i = 0; i < count; ++i)
            inbox.put(client.get("/" + std::to_string(i)));
    });
    std::size_t next = 0;
    while (next < count)
        for (web::Call const& call : inbox.take(in(std::chrono::seconds(60))))
            EXPECT_EQ(call.target.path, "/" + std::to_string(next++));
    from.join();
    EXPECT_EQ(next, count);
}

}  // namespace
}  // namespace tessera::desk
