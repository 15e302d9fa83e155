#include "tessera/web/reply.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tessera::web {
namespace {

TEST(MakeError, IsJsonWhateverTheMessage) {
    Reply const reply = make_error(404, "not_found", "no \"<b>\"\n\xff");
    EXPECT_EQ(reply.status, 404);
    EXPECT_EQ(reply.content_type, "application/json");
    EXPECT_EQ(reply.body, "{\"error\":{\"code\":\"not_found\",\"message\":\"no \\\"<b>\\\"\\n\xef\xbf\xbd\"}}\n");
}

TEST(MakeBusy, SaysWhenToComeBack) {
    Reply const reply = make_busy("later");
    EXPECT_EQ(reply.status, 503);
    std::pair<std::string, std::string> const wanted{"Retry-After", "1"};
    EXPECT_EQ(std::count(reply.headers.begin(), reply.headers.end(), wanted), 1);
}

TEST(MakeText, IsPlain) {
    Reply const reply = make_text(200, "ok\n");
    EXPECT_EQ(reply.body, "ok\n");
    EXPECT_EQ(reply.content_type, "text/plain; charset=utf-8");
}

TEST(ReasonOf, AllThatAreSentHaveOne) {
    for (int const status : {200, 303, 304, 400, 401, 403, 404, 405, 408, 413, 417, 431, 500, 503})
        EXPECT_FALSE(reason_of(status).empty()) << status;
    EXPECT_TRUE(reason_of(299).empty());
}

}  // namespace
}  // namespace tessera::web
