#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tessera::web {

/// Where a server listens.
struct ListenPlace {
    std::string host;        ///< an address, or "localhost"
    std::uint16_t port = 0;  ///< 0: any that is free
};

/// Local. Reads "127.0.0.1:8080", "[::1]:8080" or "localhost:8080". Throws core::UsageError.
ListenPlace read_listen_place(std::string_view text);

/// Local. Whether only this machine can reach it.
bool is_loopback(ListenPlace const& place);

}  // namespace tessera::web
