#include "tessera/web/listen_place.hpp"

#include <gtest/gtest.h>

#include "tessera/core/error.hpp"

namespace tessera::web {
namespace {

TEST(ReadListenPlace, AddressesAndPorts) {
    auto const expect = [](char const* text, char const* host, int port, bool loopback) {
        ListenPlace const place = read_listen_place(text);
        EXPECT_EQ(place.host, host) << text;
        EXPECT_EQ(place.port, port) << text;
        EXPECT_EQ(is_loopback(place), loopback) << text;
    };
    expect("127.0.0.1:8080", "127.0.0.1", 8080, true);
    expect("127.9.9.9:0", "127.9.9.9", 0, true);
    expect("localhost:65535", "localhost", 65535, true);
    expect("[::1]:80", "::1", 80, true);
    expect("0.0.0.0:80", "0.0.0.0", 80, false);
    expect("[::]:80", "::", 80, false);
    expect("10.1.2.3:80", "10.1.2.3", 80, false);
    expect("[::ffff:10.1.2.3]:80", "::ffff:10.1.2.3", 80, false);
}

TEST(ReadListenPlace, WhatIsNoneIsRefusedWithWhatWouldBe) {
    for (char const* const text :
         {"", "8080", "127.0.0.1", ":8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
          "127.0.0.1:80 ", "127.0.0.1:+80", "256.0.0.1:80", "example.com:80", "[]:80", "[::1:80", "127.0.0.1:8080:9"})
        try {
            read_listen_place(text);
            ADD_FAILURE() << text;
        } catch (core::UsageError const& error) {
            std::string const said = error.what();
            EXPECT_EQ(said.find("--listen " + std::string(text) + ": "), 0U) << said;
            EXPECT_NE(said.find("; give an address and a port like 127.0.0.1:8080"), std::string::npos) << said;
        }
}

}  // namespace
}  // namespace tessera::web
