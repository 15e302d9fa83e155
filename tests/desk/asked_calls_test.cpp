#include "tessera/desk/asked_calls.hpp"

#include <gtest/gtest.h>

#include "fake_responder.hpp"

namespace tessera::desk {
namespace {

using testing::Client;
using Clock = AskedCalls::Clock;

Clock::time_point const start{};

/// Goes on as if the last messages had taken so long.
void go_on(AskedCalls& calls, std::chrono::milliseconds took = std::chrono::milliseconds(20)) {
    static Clock::time_point now = start;
    calls.next(now + took, now + took);
    now += took;
}

std::vector<std::string> texts_of(AskedCalls const& calls) {
    std::vector<std::string> texts;
    for (feed::Message const& message : calls.messages())
        texts.emplace_back(message.text);
    return texts;
}

void answer(AskedCalls& calls, std::size_t message, std::string text,
            request::Outcome outcome = request::Outcome::answered) {
    RequestBatch::Slot slot;
    slot.message = calls.messages()[message];
    slot.answer = std::move(text);
    slot.answered.outcome = outcome;
    calls.answer(message, slot);
    EXPECT_TRUE(slot.answer.empty()) << "nothing is left in the slot for the next answer";
}

using Texts = std::vector<std::string>;

TEST(AskedCalls, AQueryIsOneRequest) {
    AskedCalls calls({});
    Client client;
    calls.add(client.get("/api/nearest?at=1,2&k=3"));
    EXPECT_TRUE(calls.has_more());
    EXPECT_TRUE(calls.messages().empty());
    go_on(calls);
    EXPECT_FALSE(calls.has_more());
    EXPECT_EQ(texts_of(calls), Texts{R"({"op":"nearest","at":[1,2],"k":3})"});
    EXPECT_FALSE(calls.wants_features(0));
    EXPECT_TRUE(client.got->replies.empty());
    answer(calls, 0, "{}\n");
    EXPECT_EQ(client.status(), 200);
    EXPECT_EQ(client.body(), "{}\n");
    EXPECT_EQ(client.reply()->content_type, "application/json");
    go_on(calls);
    EXPECT_TRUE(calls.messages().empty());
}

TEST(AskedCalls, FeaturesWhereAskedFor) {
    AskedCalls calls({});
    Client map, plain, refused;
    calls.add(map.get("/api/range?format=geojson&limit=1"));
    calls.add(plain.get("/api/range?format=json"));
    calls.add(refused.get("/api/range?format=geojson&limit=x1"));
    Client broken;
    calls.add(broken.get("/api/range?format=geojson&box=1,2,3,4&limit=0"));
    go_on(calls);
    EXPECT_EQ(texts_of(calls), (Texts{R"({"op":"range","limit":1})", R"({"op":"range"})",
                                      R"({"op":"range","box":[1,2,3,4],"limit":0})"}));
    EXPECT_TRUE(calls.wants_features(0));
    EXPECT_FALSE(calls.wants_features(1));
    answer(calls, 0, "map");
    answer(calls, 1, "plain");
    answer(calls, 2, "error", request::Outcome::too_large);
    EXPECT_EQ(map.reply()->content_type, "application/geo+json");
    EXPECT_EQ(plain.reply()->content_type, "application/json");
    EXPECT_EQ(broken.reply()->content_type, "application/json") << "an error is no map";
    EXPECT_EQ(broken.status(), 413);
    EXPECT_EQ(refused.status(), 400);
}

TEST(AskedCalls, QueriesThatCannotBeARequest) {
    for (char const* const target : {"/api/nearest?k=ten", "/api/range?format=csv"}) {
        AskedCalls calls({});
        Client client;
        calls.add(client.get(target));
        EXPECT_EQ(client.status(), 400) << target;
        EXPECT_FALSE(calls.has_more());
        go_on(calls);
        EXPECT_TRUE(calls.messages().empty());
    }
}

TEST(AskedCalls, ABodyIsARequestOrALineEach) {
    auto const split = [](std::string const& body) {
        AskedCalls calls({});
        Client client;
        calls.add(client.post(body));
        go_on(calls);
        return texts_of(calls);
    };
    EXPECT_EQ(split("{}"), Texts{"{}"});
    EXPECT_EQ(split("{}\n"), Texts{"{}\n"});
    EXPECT_EQ(split("{\n\"a\":1\n}\n"), Texts{"{\n\"a\":1\n}\n"});
    EXPECT_EQ(split("{\"a\":[{},\n{}]}"), Texts{"{\"a\":[{},\n{}]}"});
    EXPECT_EQ(split("{}\n{}"), (Texts{"{}", "{}"}));
    EXPECT_EQ(split("{\"id\":\"{\"}\r\n\n \t\n{\"b\":2}\n"), (Texts{"{\"id\":\"{\"}\r", "{\"b\":2}"}));
    EXPECT_EQ(split("{\"id\":\"\\\"[\"}\n{}"), (Texts{"{\"id\":\"\\\"[\"}", "{}"}));
    EXPECT_EQ(split("nonsense\n{}"), (Texts{"nonsense", "{}"}));
    EXPECT_EQ(split("\n\n{}\n{}"), (Texts{"{}", "{}"}));
}

TEST(AskedCalls, MessagesKnowTheirLineAndAreFollowedByPadding) {
    AskedCalls calls({});
    Client client;
    calls.add(client.post("{}\n\n{\"x\":1}"));
    go_on(calls);
    ASSERT_EQ(calls.messages().size(), 2U);
    EXPECT_EQ(calls.messages()[0].number, 1U);
    EXPECT_EQ(calls.messages()[1].number, 3U);
    std::string_view const last = calls.messages()[1].text;
    EXPECT_EQ(std::string(last.data() + last.size(), feed::padding_bytes), std::string(feed::padding_bytes, ' '));
}

TEST(AskedCalls, ABodyWithoutRequestsIsRefused) {
    for (char const* const body : {"", "\n", " \r\n\t\n"}) {
        AskedCalls calls({});
        Client client;
        calls.add(client.post(body));
        EXPECT_EQ(client.status(), 400);
        EXPECT_FALSE(calls.has_more());
    }
}

TEST(AskedCalls, LimitsOfABody) {
    AskedCalls calls({.requests = 3, .answer_bytes = 10, .longest_line_bytes = 8});
    Client many, fitting;
    calls.add(many.post("{}\n{}\n{}\n{}\n{}\n"));
    EXPECT_EQ(many.status(), 413);
    calls.add(fitting.post("{}\n{\"a\":123}\n{}\n"));
    go_on(calls);
    ASSERT_EQ(calls.messages().size(), 3U);
    EXPECT_TRUE(calls.messages()[1].too_long);
    EXPECT_EQ(calls.messages()[1].text, "{\"a\":123");
    EXPECT_FALSE(calls.messages()[2].too_long);
    answer(calls, 0, "12345678901234\n");  // the first has a right to be answered
    answer(calls, 1, "late\n");
    answer(calls, 2, "later\n");
    EXPECT_EQ(fitting.status(), 200);
    EXPECT_EQ(fitting.reply()->content_type, "application/x-ndjson");
    std::string const body = fitting.body();
    EXPECT_EQ(body.substr(0, 15), "12345678901234\n");
    EXPECT_EQ(std::count(body.begin(), body.end(), '\n'), 3);
    EXPECT_NE(body.find("larger than 10 bytes together"), std::string::npos) << body;
}

TEST(AskedCalls, TheStatusOfManyIsThatOfTheFirstRefusedWhereNoneIsAnswered) {
    using request::Outcome;
    auto const status_of = [](std::vector<Outcome> const& outcomes) {
        AskedCalls calls({});
        Client client;
        std::string body;
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            body += "{}\n";
        calls.add(client.post(body));
        go_on(calls);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            answer(calls, i, "x\n", outcomes[i]);
        return client.status();
    };
    EXPECT_EQ(status_of({Outcome::bad_json}), 400);
    EXPECT_EQ(status_of({Outcome::bad_request}), 400);
    EXPECT_EQ(status_of({Outcome::too_long}), 413);
    EXPECT_EQ(status_of({Outcome::failed}), 500);
    EXPECT_EQ(status_of({Outcome::too_large, Outcome::bad_json}), 413);
    EXPECT_EQ(status_of({Outcome::bad_json, Outcome::answered}), 200);
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += "{\"n\":" + std::to_string(i) + "}\n";
    return text;
}

/// A call of many requests takes turns with one of few, and its answers come in order.
TEST(AskedCalls, ABigCallDoesNotHoldUpASmallOne) {
    AskedCalls calls({});
    Client big, small;
    calls.add(big.post(lines(200)));
    go_on(calls);
    EXPECT_EQ(calls.messages().size(), calls.share());
    EXPECT_LT(calls.share(), 200U);
    std::string wanted;
    bool added = false;
    for (int turn = 0; !calls.messages().empty(); ++turn) {
        ASSERT_LT(turn, 10);
        for (std::size_t i = 0; i < calls.messages().size(); ++i) {
            std::string const text = std::string(calls.messages()[i].text) + '\n';
            answer(calls, i, text);
            if (text != "{\"small\":1}\n") wanted += text;
        }
        EXPECT_EQ(small.status(), added ? 200 : 0) << "after its first turn";
        if (!added) calls.add(small.post("{\"small\":1}"));
        added = true;
        go_on(calls);
    }
    EXPECT_EQ(big.body(), lines(200));
    EXPECT_EQ(big.body(), wanted);
}

TEST(AskedCalls, TheShareFollowsTheTimeThatMessagesTake) {
    AskedCalls calls({.requests = 100'000, .answer_bytes = 1 << 20, .longest_line_bytes = 100});
    Client client;
    calls.add(client.post(lines(50'000)));
    go_on(calls);
    std::size_t const usual = calls.share();
    auto const turn = [&](std::chrono::milliseconds took) {
        for (std::size_t i = 0; i < calls.messages().size(); ++i)
            answer(calls, i, "\n");
        go_on(calls, took);
        EXPECT_EQ(calls.messages().size(), calls.share());
        return calls.share();
    };
    EXPECT_EQ(turn(std::chrono::milliseconds(20)), usual);
    EXPECT_EQ(turn(std::chrono::milliseconds(1)), 2 * usual);
    EXPECT_EQ(turn(std::chrono::milliseconds(100)), usual);
    for (int i = 0; i < 20; ++i)
        turn(std::chrono::milliseconds(1000));
    EXPECT_EQ(calls.share(), 1U);
    for (int i = 0; i < 12; ++i)
        turn(std::chrono::milliseconds(0));
    EXPECT_EQ(calls.share(), 1024U);
}

}  // namespace
}  // namespace tessera::desk
