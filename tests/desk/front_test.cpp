#include "tessera/desk/front.hpp"

#include <gtest/gtest.h>

#include "fake_responder.hpp"

namespace tessera::desk {
namespace {

using testing::Client;

class FrontTest : public ::testing::Test {
  protected:
    Client get(std::string const& target, std::string none_match = {}) {
        Client client;
        web::Call call = client.get(target);
        call.none_match = std::move(none_match);
        front.take(std::move(call));
        return client;
    }
    std::size_t waiting() { return inbox.take({}).size(); }

    Inbox inbox;
    MetricsBoard board{{}};
    Front front{inbox, board};
};

TEST_F(FrontTest, TellsItsState) {
    EXPECT_EQ(get("/healthz").body(), "ok\n");
    EXPECT_EQ(get("/readyz").status(), 503);
    EXPECT_EQ(get("/readyz").body(), "loading\n");
    front.become_ready();
    EXPECT_EQ(get("/readyz").body(), "ready\n");
    front.begin_to_drain();
    EXPECT_EQ(get("/readyz").status(), 503);
    EXPECT_EQ(get("/readyz").body(), "draining\n");
    front.become_ready();
    EXPECT_EQ(front.state(), Front::State::draining) << "an end is not taken back";
}

TEST_F(FrontTest, QuestionsWaitForTheDeskOnceThereIsOne) {
    for (char const* const target : {"/api/nearest?at=1,2", "/api/info", "/events", "/tiles/1/2/3.png"}) {
        Front fresh(inbox, board);
        Client early, ready, late;
        fresh.take(early.get(target));
        EXPECT_EQ(early.status(), 503) << target;
        EXPECT_EQ(waiting(), 0U);
        fresh.become_ready();
        fresh.take(ready.get(target));
        fresh.begin_to_drain();
        fresh.take(late.get(target));
        EXPECT_TRUE(ready.got->replies.empty() && late.got->replies.empty());
        EXPECT_EQ(waiting(), 2U) << "what has been let in is answered";
    }
}

TEST_F(FrontTest, NothingWaitsForADeskThatWillNotCome) {
    front.begin_to_drain();
    EXPECT_EQ(get("/api/info").status(), 503);
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(FrontTest, EachPathHasItsMethod) {
    front.become_ready();
    for (char const* const path :
         {"/api/nearest", "/api/info", "/events", "/metrics", "/healthz", "/", "/tiles/1/2/3.png"}) {
        for (web::Method const method : {web::Method::post, web::Method::other}) {
            Client client;
            front.take(client.call(method, path));
            EXPECT_EQ(client.status(), 405) << path;
            EXPECT_EQ(client.reply()->headers.front().second, "GET, HEAD");
        }
    }
    EXPECT_EQ(get("/api/requests").status(), 405);
    EXPECT_EQ(get("/api/requests").reply()->headers.front().second, "POST");
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(FrontTest, FilesOfThePage) {
    auto const page = get("/").reply();
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 200);
    EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
    EXPECT_EQ(get("/page/leaflet/leaflet.js").status(), 200);
    EXPECT_EQ(get("/openapi.json").reply()->content_type, "application/json");
    ASSERT_EQ(page->headers.front().first, "ETag");
    auto const again = get("/", page->headers.front().second);
    EXPECT_EQ(again.status(), 304);
    EXPECT_EQ(again.body(), "");
    for (char const* const path :
         {"/page", "/page/", "/page/index.html/", "/index.html", "/etc/passwd", "/Page/leaflet"})
        EXPECT_EQ(get(path).status(), 404) << path;
}

}  // namespace
}  // namespace tessera::desk
