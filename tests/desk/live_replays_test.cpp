#include "tessera/desk/live_replays.hpp"

#include <gtest/gtest.h>

#include "fake_responder.hpp"

namespace tessera::desk {
namespace {

using testing::Client;
using Clock = LiveReplays::Clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint32_t midnight = 1'396'310'400;  // 2014-04-01
ReplaySpan const span{{midnight}, {midnight + 2 * 3600 - 1}};
Clock::time_point const start{seconds(1000)};

/// Asks, and gives windows whose trips are their numbers.
std::size_t turn(LiveReplays& replays) {
    std::vector<query::LiveQuestion> questions;
    replays.ask(questions);
    std::vector<std::vector<query::LiveWindow>> lists;
    for (query::LiveQuestion const& question : questions) {
        auto& list = lists.emplace_back(question.windows);
        for (std::uint32_t i = 0; i < question.windows; ++i) {
            list[i].counts.trips = question.first + i;
            for (std::uint32_t point = 0; point < question.points; ++point)
                list[i].points.push_back({point, {-739'800'000 + static_cast<std::int32_t>(point), 407'500'000}});
        }
    }
    replays.take(lists);
    return questions.size();
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

TEST(LiveReplays, SendsEachWindowWhenItIsDue) {
    MetricsBoard board{{}};
    LiveReplays replays(span, board);
    Client client;
    replays.add(client.get("/events?every=60s&speed=600"), start);  // a window each 100 ms
    EXPECT_TRUE(client.got->streams);
    EXPECT_EQ(replays.next_due(start + seconds(9)), start + milliseconds(100));
    EXPECT_EQ(turn(replays), 1U);
    replays.send(start + milliseconds(99));
    EXPECT_EQ(client.got->streamed, "");
    replays.send(start + milliseconds(100));
    EXPECT_EQ(count(client.got->streamed, "event: window\ndata: {"), 1U);
    EXPECT_EQ(replays.next_due(start + seconds(9)), start + milliseconds(200));
    replays.send(start + milliseconds(599));
    EXPECT_EQ(count(client.got->streamed, "event: window"), 5U);
    EXPECT_NE(client.got->streamed.find(R"("from":"2014-04-01T00:04:00","to":"2014-04-01T00:05:00","trips":4)"),
              std::string::npos)
        << client.got->streamed;
}

TEST(LiveReplays, EndsOnceAllIsSent) {
    MetricsBoard board{{}};
    LiveReplays replays(span, board);
    Client client;
    replays.add(client.get("/events?every=10m&speed=6000"), start);  // 12 windows
    for (int i = 0; i < 40 && replays.size() > 0; ++i) {
        turn(replays);
        replays.send(start + milliseconds(100) * i);
    }
    EXPECT_EQ(replays.size(), 0U);
    EXPECT_FALSE(client.got->open);
    EXPECT_EQ(count(client.got->streamed, "event: window\n"), 12U);
    std::string const end = "event: end\ndata: {\"windows\":12,\"trips\":66}\n\n";
    EXPECT_TRUE(client.got->streamed.ends_with(end)) << client.got->streamed;
    EXPECT_EQ(replays.next_due(start), start);
}

/// Windows are asked for before they are due, but never all of them.
TEST(LiveReplays, AsksAhead) {
    MetricsBoard board{{}};
    LiveReplays replays(span, board);
    Client client;
    replays.add(client.get("/events?every=1s&speed=50"), start);
    EXPECT_EQ(turn(replays), 1U);
    EXPECT_EQ(turn(replays), 0U) << "enough are ready";
    replays.send(start + seconds(60));
    EXPECT_EQ(count(client.got->streamed, "event: window"), 16U) << "what is there, late as it is";
    EXPECT_EQ(turn(replays), 1U);
}

TEST(LiveReplays, OneWhoseClientIsGoneIsForgotten) {
    MetricsBoard board{{}};
    LiveReplays replays(span, board);
    Client gone, stays;
    replays.add(gone.get("/events"), start);
    replays.add(stays.get("/events"), start);
    gone.got->open = false;
    EXPECT_EQ(turn(replays), 1U);
    EXPECT_EQ(replays.size(), 1U);
    replays.end_all();
    EXPECT_FALSE(stays.got->open);
}

TEST(LiveReplays, PointsAreAddedWhereAskedFor) {
    MetricsBoard board{{}};
    LiveReplays replays(span, board);
    Client client;
    replays.add(client.get("/events?points=2&every=1h&speed=3600"), start);
    turn(replays);
    replays.send(start + seconds(1));
    EXPECT_NE(client.got->streamed.find(",\"points\":[[-73.98,40.75],[-73.9799999,40.75]]}\n\n"), std::string::npos)
        << client.got->streamed;
}

TEST(LiveReplays, TheFilterIsThatOfRequests) {
    MetricsBoard board{{}};
    LiveReplays replays(span, board);
    Client client;
    replays.add(
        client.get("/events?from=2014-04-01T00:30&to=2014-04-01T00:50&on=dropoff&source=uber&box=-74,40,-73,41"),
        start);
    std::vector<query::LiveQuestion> questions;
    replays.ask(questions);
    ASSERT_EQ(questions.size(), 1U);
    EXPECT_EQ(questions[0].filter.on, query::End::dropoff);
    EXPECT_TRUE(questions[0].filter.box);
    EXPECT_EQ(questions[0].grid.start.count, midnight + 1800);
    EXPECT_EQ(questions[0].grid.windows, 20U);
    EXPECT_EQ(questions[0].grid.every_seconds, 60U);
}

TEST(LiveReplays, ASpanWithoutTripsEndsAtOnce) {
    for (char const* const query : {"from=2015-01-01", "to=2013-01-01"}) {
        MetricsBoard board{{}};
        LiveReplays replays(span, board);
        Client client;
        replays.add(client.get(std::string("/events?") + query), start);
        EXPECT_EQ(turn(replays), 0U);
        replays.send(start);
        EXPECT_EQ(client.got->streamed, "event: end\ndata: {\"windows\":0,\"trips\":0}\n\n") << query;
        EXPECT_EQ(replays.size(), 0U);
    }
}

TEST(LiveReplays, WhatCannotBePlayedIsRefused) {
    for (char const* const query : {"speed=0",      "speed=-1",
                                    "speed=NaN",    "speed=1e3",
                                    "speed=",       "speed=2000000",
                                    "every=0",      "every=0s",
                                    "every=x",      "every=",
                                    "every=1.5s",   "every=99999d",
                                    "every=60w",    "points=-1",
                                    "points=10001", "points=x",
                                    "from=x",       "from=2014-13-01",
                                    "box=1,2",      "box=1,2,3,x",
                                    "box=3,2,1,4",  "on=moon",
                                    "source=bus",   "k=1",
                                    "limit=3",      "speed=1&speed=2",
                                    "speed=3001",   "every=1s&speed=51",
                                    "id=1",         "from=2014-04-01T01:00&to=2014-04-01T01:00",
                                    "op=nearest",   "from=2014-04-02&to=2014-04-01x"}) {
        MetricsBoard board{{}};
        LiveReplays replays(span, board);
        Client client;
        replays.add(client.get(std::string("/events?") + query), start);
        EXPECT_EQ(client.status(), 400) << query;
        EXPECT_FALSE(client.got->streams) << query;
        EXPECT_EQ(replays.size(), 0U);
    }
}

}  // namespace
}  // namespace tessera::desk
