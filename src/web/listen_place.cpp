#include "tessera/web/listen_place.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "tessera/core/error.hpp"

namespace tessera::web {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
    throw core::UsageError(fmt::format("--listen {}: {}; give an address and a port like 127.0.0.1:8080", text, why));
}

}  // namespace

ListenPlace read_listen_place(std::string_view text) {
    std::size_t const colon = text.rfind(':');
    if (colon == std::string_view::npos) refuse(text, "the port is missing");
    std::string_view host = text.substr(0, colon);
    std::string_view const port = text.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    ListenPlace place;
    place.host = std::string(host);
    auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), place.port);
    if (error != std::errc() || end != port.data() + port.size())
        refuse(text, fmt::format("'{}' is no port from 0 to 65535", port));
    boost::system::error_code bad;
    boost::asio::ip::make_address(place.host, bad);
    if (bad && place.host != "localhost") refuse(text, fmt::format("'{}' is no address", host));
    return place;
}

bool is_loopback(ListenPlace const& place) {
    return place.host == "localhost" || boost::asio::ip::make_address(place.host).is_loopback();
}

}  // namespace tessera::web
