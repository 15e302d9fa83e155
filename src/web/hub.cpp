#include "hub.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>
#include <vector>

#include "connection.hpp"

namespace tessera::web {

/// Nobody is too slow who has had less time than this.
constexpr std::chrono::milliseconds quick{1'000};

void Hub::take_in(tcp::socket socket) {
    ++numbers.accepted;
    if (connections_.size() >= options.limits.connections) {
        auto const silent =
            std::min_element(connections_.begin(), connections_.end(),
                             [](auto const& a, auto const& b) { return a->silent_since() < b->silent_since(); });
        ++numbers.evicted;
        // Where all are being answered, it is the new one that has to go.
        if (silent == connections_.end() || (*silent)->silent_since() == Clock::time_point::max()) return;
        auto const evicted = *silent;
        evicted->close();
    }
    auto const connection = std::make_shared<Connection>(std::move(socket), *this);
    connections_.insert(connection);
    numbers.connections = connections_.size();
    connection->start();
}

void Hub::forget(std::shared_ptr<Connection> const& connection) {
    connections_.erase(connection);
    numbers.connections = connections_.size();
}

void Hub::sweep() {
    auto const now = Clock::now();
    std::vector const all(connections_.begin(), connections_.end());
    for (auto const& connection : all)
        connection->check(now);
}

void Hub::drain() {
    draining = true;
    std::vector const all(connections_.begin(), connections_.end());
    for (auto const& connection : all)
        connection->drain();
}

void Hub::close_all() {
    std::vector const all(connections_.begin(), connections_.end());
    for (auto const& connection : all)
        connection->close();
}

std::string_view Hub::overload() {
    if (numbers.calls >= options.limits.calls) return "too many requests are being answered; try again soon";
    if (!has_room()) return "too many answers are still on their way to their clients; try again soon";
    return {};
}

/// Makes room where there is none: who has held bytes for longest is slow, or means harm.
bool Hub::has_room() {
    while (numbers.held_bytes >= options.limits.held_bytes) {
        auto const slowest =
            std::min_element(connections_.begin(), connections_.end(),
                             [](auto const& a, auto const& b) { return a->holds_since() < b->holds_since(); });
        if (slowest == connections_.end() || (*slowest)->holds_since() > Clock::now() - quick) return false;
        ++numbers.evicted;
        auto const evicted = *slowest;
        evicted->close();
    }
    return true;
}

std::string const& Hub::date() {
    std::time_t const now = std::time(nullptr);
    if (now != date_of_) {
        date_of_ = now;
        date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
    }
    return date_;
}

}  // namespace tessera::web
