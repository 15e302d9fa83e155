#include "kafka_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

constexpr std::string_view scheme = "kafka://";

/// What Tessera itself sets, for its promises hang on it.
constexpr std::array<std::string_view, 8> own_properties{
    "bootstrap.servers",        "metadata.broker.list",  "group.id", "enable.auto.commit",
    "enable.auto.offset.store", "request.required.acks", "acks",     "enable.idempotence"};

[[noreturn]] void refuse(KafkaPlace const& place, std::string_view problem, std::string_view remedy) {
    throw core::UsageError(fmt::format("'{}' is no Kafka {}: {}; {}", place.name,
                                       place.end == KafkaPlace::End::source ? "source" : "sink", problem, remedy));
}

/// The text up to `mark`, which is taken away from it together with the mark; all of it where there is no mark.
std::string_view take_up_to(std::string_view& text, char mark) {
    std::size_t const end = std::min(text.find(mark), text.size());
    std::string_view const taken = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
}

void check_brokers(KafkaPlace const& place) {
    std::string_view rest = place.brokers;
    do {
        std::string_view const broker = take_up_to(rest, ',');
        std::size_t const colon = broker.rfind(':');
        std::string_view const port = colon == std::string_view::npos ? "" : broker.substr(colon + 1);
        unsigned number = 0;
        auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
        if (colon == 0 || error != std::errc() || end != port.data() + port.size() || number < 1 || number > 65535)
            refuse(place, fmt::format("'{}' is not HOST:PORT", broker), "write kafka://HOST:PORT[,HOST:PORT...]/TOPIC");
    } while (!rest.empty());
}

void check_topic(KafkaPlace const& place) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    constexpr std::size_t longest = 249;
    if (place.topic.empty()) refuse(place, "the topic is missing", "write kafka://HOST:PORT/TOPIC");
    if (place.topic.find_first_not_of(allowed) != std::string::npos || place.topic.size() > longest ||
        place.topic == "." || place.topic == "..")
        refuse(place, fmt::format("'{}' is no topic's name", place.topic),
               "use at most 249 letters, digits, '.', '_' and '-'");
}

std::string decode(KafkaPlace const& place, std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        unsigned char byte = 0;
        std::string_view const digits = text.substr(i + 1, 2);
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (error != std::errc() || digits.size() != 2 || end != digits.data() + 2)
            refuse(place, fmt::format("%{} in a value is not % and two hexadecimal digits", digits), "write %25 for %");
        decoded += static_cast<char>(byte);
        i += 2;
    }
    return decoded;
}

void add_parameter(KafkaPlace& place, std::string_view parameter) {
    std::string_view value = parameter;
    std::string const key(take_up_to(value, '='));
    if (key.empty() || value.empty())
        refuse(place, fmt::format("'{}' is not property=value", key), "write ?property=value&property=value");
    if (key == "group" && place.end == KafkaPlace::End::sink) refuse(place, "a sink has no group", "leave group out");
    for (std::string_view const own : own_properties)
        if (key == own)
            refuse(place, fmt::format("{} is set by tessera, so that no message is lost", key), "leave it out");
    bool const is_new =
        key == "group" ? place.group.empty() : place.properties.emplace(key, decode(place, value)).second;
    if (!is_new) refuse(place, fmt::format("{} is given twice", key), "give it once");
    if (key == "group") place.group = decode(place, value);
}

}  // namespace

KafkaPlace parse_kafka_place(std::string const& text, KafkaPlace::End end) {
    std::string_view rest = text;
    rest.remove_prefix(scheme.size());
    KafkaPlace place;
    place.end = end;
    std::string_view where = take_up_to(rest, '?');
    place.name = fmt::format("{}{}", scheme, where);
    place.brokers = take_up_to(where, '/');
    place.topic = where;
    check_brokers(place);
    check_topic(place);
    while (!rest.empty())
        add_parameter(place, take_up_to(rest, '&'));
    if (end == KafkaPlace::End::source && place.group.empty())
        refuse(place, "its group is missing", "add ?group=NAME: under this name the broker keeps what is answered");
    return place;
}

}  // namespace tessera::feed
