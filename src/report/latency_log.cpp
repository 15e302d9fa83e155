#include "tessera/report/latency_log.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"

namespace tessera::report {
namespace {

void append_micros(std::string& text, std::chrono::nanoseconds time) {
    auto const ns = time.count() < 0 ? std::uint64_t{0} : static_cast<std::uint64_t>(time.count());
    append_count(text, ns / 1000);
    std::uint64_t const rest = ns % 1000;
    if (rest == 0) return;
    std::array<char, 4> const decimals{'.', static_cast<char>('0' + rest / 100),
                                       static_cast<char>('0' + rest / 10 % 10), static_cast<char>('0' + rest % 10)};
    std::size_t length = decimals.size();
    while (decimals[length - 1] == '0')
        --length;
    text.append(decimals.data(), length);
}

/// JSON text as plain text.
std::string plain_text(std::string const& json) {
    if (json.size() < 2 || json.front() != '"') return json;
    if (json.find('\\') == std::string::npos) return json.substr(1, json.size() - 2);
    auto const value = nlohmann::json::parse(json, nullptr, false);
    return value.is_string() ? value.get<std::string>() : json;
}

}  // namespace

void append_latency(std::string& text, request::Answered const& answered) {
    request::Cost const& cost = answered.cost;
    text += csv_field(plain_text(answered.id));
    text += ',';
    if (answered.operation) text += request::name_of(*answered.operation);
    text += ',';
    text += request::name_of(answered.outcome);
    text += ',';
    append_micros(text, cost.queue);
    text += ',';
    append_micros(text, cost.work);
    for (std::uint64_t const count : {std::uint64_t{cost.ranks}, cost.tiles, cost.rows}) {
        text += ',';
        append_count(text, count);
    }
    text += '\n';
}

}  // namespace tessera::report
