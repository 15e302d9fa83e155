#include "tessera/web/gate.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "tessera/core/error.hpp"

namespace tessera::web {
namespace {

std::string const token = "0123456789abcdef0123";

int status_of(std::optional<Reply> const& refused) {
    return refused ? refused->status : 200;
}

std::string header_of(Reply const& reply, std::string_view name) {
    for (auto const& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

/// Without a token: who names this machine by a name that is only its own.
TEST(Gate, WithoutATokenOnlyNamesOfThisMachine) {
    Gate const gate(std::nullopt);
    for (char const* const host : {"localhost", "localhost:8080", "LocalHost:1", "127.0.0.1", "127.0.0.1:8080",
                                   "127.8.8.8:80", "[::1]", "[::1]:8080"})
        EXPECT_FALSE(gate.refuse({"/api/info", "", host, "", ""})) << host;
    for (char const* const host :
         {"", ":8080", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:127.0.0.1",
          "10.0.0.1", "0.0.0.0", "[::]", "[::2]:8080", "::1", "[::1", "notlocalhost", "localhost ", "127.1"})
        EXPECT_EQ(status_of(gate.refuse({"/api/info", "", host, "", ""})), 403) << host;
    EXPECT_EQ(status_of(gate.refuse({"/", "token=" + token, "evil.example", "Bearer " + token, ""})), 403);
}

TEST(Gate, HealthIsEverybodysToAsk) {
    for (Gate const& gate : {Gate(std::nullopt), Gate(token)}) {
        EXPECT_FALSE(gate.refuse({"/healthz", "", "evil.example", "", ""}));
        EXPECT_FALSE(gate.refuse({"/readyz", "x=1", "", "", ""}));
        for (char const* const path : {"/healthz/", "//healthz", "/%68ealthz", "/healthz/../api/info", "/metrics"})
            EXPECT_TRUE(gate.refuse({path, "", "evil.example", "", ""})) << path;
    }
}

TEST(Gate, TheTokenAsAHeaderOrACookie) {
    Gate const gate(token);
    auto const ask = [&](std::string const& authorization, std::string const& cookie) {
        return status_of(gate.refuse({"/api/info", "", "service.example", authorization, cookie}));
    };
    EXPECT_EQ(ask("Bearer " + token, ""), 200);
    EXPECT_EQ(ask("bearer " + token, ""), 200);
    EXPECT_EQ(ask("", "tessera_token=" + token), 200);
    EXPECT_EQ(ask("", "a=b; tessera_token=" + token + "; c=d"), 200);
    EXPECT_EQ(ask("", "a=b;tessera_token=" + token), 200);
    for (std::string const& wrong :
         {std::string(), std::string("Bearer"), std::string("Bearer "), token, "Basic " + token, "Bearer  " + token,
          "Bearer " + token + "x", "Bearer " + token.substr(1), "Bearer x" + token.substr(1),
          "Bearer " + token + token})
        EXPECT_EQ(ask(wrong, ""), 401) << wrong;
    for (std::string const& wrong :
         {std::string("tessera_token="), "token=" + token, "xtessera_token=" + token, "tessera_token=" + token + "x",
          std::string("tessera_token=;;;"), std::string("tessera_token")})
        EXPECT_EQ(ask("", wrong), 401) << wrong;
    EXPECT_EQ(ask("Bearer wrong", "tessera_token=" + token), 401) << "the header is what counts where there is one";
    auto const refused = gate.refuse({"/api/info", "", "localhost", "", ""});
    EXPECT_EQ(header_of(*refused, "WWW-Authenticate"), "Bearer");
    EXPECT_EQ(refused->body.find(token), std::string::npos);
}

TEST(Gate, APersonSignsInByTheAddress) {
    Gate const gate(token);
    auto const entered = gate.refuse({"/", "token=" + token, "service.example", "", ""});
    ASSERT_EQ(status_of(entered), 303);
    EXPECT_EQ(header_of(*entered, "Location"), "/");
    EXPECT_EQ(header_of(*entered, "Set-Cookie"), "tessera_token=" + token + "; Path=/; HttpOnly; SameSite=Strict");
    for (std::string const& query :
         {std::string("token="), "token=x" + token, "tok=" + token, "token=x&token=" + token, "token=%" + token})
        EXPECT_EQ(status_of(gate.refuse({"/", query, "service.example", "", ""})), 401) << query;
    EXPECT_EQ(status_of(gate.refuse({"/api/info", "token=" + token, "service.example", "", ""})), 401);
}

/// A token may hold what a form's field is sent with escapes for.
TEST(Gate, TheFieldsOfAFormAreDecoded) {
    Gate const gate("0123456789abcdef+/=");
    EXPECT_EQ(status_of(gate.refuse({"/", "token=0123456789abcdef%2B%2F%3D", "service.example", "", ""})), 303);
    EXPECT_EQ(status_of(gate.refuse({"/", "token=0123456789abcdef+/=", "service.example", "", ""})), 401)
        << "a plus is a blank";
}

/// A browser, at the door, is shown a page; nobody else, and nowhere else.
TEST(Gate, ABrowserIsAskedForTheToken) {
    Gate const gate(token);
    auto const come = [&](std::string_view path, std::string_view query, std::string_view accept) {
        return gate.refuse({path, query, "service.example", "", "", accept});
    };
    constexpr std::string_view browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    auto const first = come("/", "", browser), again = come("/", "token=wrong", browser);
    ASSERT_EQ(status_of(first), 401);
    ASSERT_EQ(status_of(again), 401);
    EXPECT_EQ(first->content_type, "text/html; charset=utf-8");
    EXPECT_NE(first->body.find("name=\"token\""), std::string::npos);
    EXPECT_NE(first->body.find("role=\"alert\" hidden"), std::string::npos);
    EXPECT_NE(again->body.find("role=\"alert\">"), std::string::npos);
    for (std::string_view const path :
         {"/api/info", "/page/main.js", "/page/", "/page/sign_in.css/x", "/tiles/0/0/0.png"}) {
        auto const refused = come(path, "", browser);
        ASSERT_EQ(status_of(refused), 401) << path;
        EXPECT_EQ(refused->content_type, "application/json") << path;
    }
    EXPECT_EQ(come("/", "", "*/*")->content_type, "application/json");
    for (char const* const path : {"/page/sign_in.css", "/page/colors.css", "/page/controls.css", "/page/icon.svg"})
        EXPECT_FALSE(come(path, "", browser)) << path;
    EXPECT_EQ(status_of(Gate(std::nullopt).refuse({"/page/sign_in.css", "", "evil.example", "", "", browser})), 403);
}

TEST(EqualInConstantTime, IsEquality) {
    for (char const* const a : {"", "a", "ab", "ba", "abab", "abc"})
        for (char const* const b : {"", "a", "ab", "ba", "abab", "abc"})
            EXPECT_EQ(equal_in_constant_time(a, b), std::string_view(a) == b) << a << ' ' << b;
    EXPECT_FALSE(equal_in_constant_time("", std::string_view("\0", 1)));
    EXPECT_FALSE(equal_in_constant_time(std::string_view("\0", 1), ""));
}

/// A file with this content that goes away.
class TokenFile {
  public:
    explicit TokenFile(std::string const& content, mode_t mode = 0600) {
        ::close(::mkstemp(path.data()));
        std::ofstream(path) << content;
        ::chmod(path.c_str(), mode);
    }
    ~TokenFile() { std::remove(path.c_str()); }
    TokenFile(TokenFile const&) = delete;
    TokenFile& operator=(TokenFile const&) = delete;

    std::string path = "/tmp/tessera-token-XXXXXX";
};

TEST(ReadToken, TheFirstLine) {
    for (std::string const& content : {token, token + "\n", token + "\r\n", token + "\nmore\n"})
        EXPECT_EQ(read_token(TokenFile(content).path), token);
    EXPECT_EQ(read_token(TokenFile(token, 0640).path), token);
}

void expect_refused(std::string const& path, std::string const& part) {
    try {
        read_token(path);
        ADD_FAILURE() << "nothing is thrown: " << part;
    } catch (core::DataError const& error) {
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
        EXPECT_EQ(std::string(error.what()).find(token), std::string::npos) << "a token is not to be told";
    }
}

TEST(ReadToken, WhatIsNoTokenIsRefused) {
    expect_refused("/nowhere/token", "No such file");
    expect_refused(TokenFile(token, 0644).path, "everybody on this machine can read it; take that away (chmod o= ");
    for (std::string const& content :
         {std::string(), std::string("\n") + token, std::string("short"), token + " x", token + "\"", token + ";",
          token + ",", token + "\\", token + "\x7f", token + "\xc3\xbc", token + std::string(1, '\0')})
        expect_refused(TokenFile(content).path, "its first line is no token (at least 16 visible ASCII characters");
}

}  // namespace
}  // namespace tessera::web
