#include "serve_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "tessera/app/option_values.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

/// "https://tiles.example" of "https://tiles.example/{z}/{x}/{y}.png". Throws core::UsageError.
std::string origin_of(std::string const& address) {
    auto const refuse = [&](std::string_view why) {
        throw core::UsageError(
            fmt::format("--basemap {}: {}; give an address like https://HOST/{{z}}/{{x}}/{{y}}.png", address, why));
    };
    std::size_t const scheme_end = address.find("://");
    bool const is_web = address.starts_with("https://") || address.starts_with("http://");
    if (!is_web) refuse("it does not begin with https:// or http://");
    for (char const* const part : {"{z}", "{x}", "{y}"})
        if (address.find(part) == std::string::npos) refuse(fmt::format("{} is missing", part));
    std::string const origin = address.substr(0, address.find('/', scheme_end + 3));
    // It becomes part of a header, in which these would mean something.
    bool const plain = std::all_of(address.begin(), address.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != ';' && c != ',' && c != '<' && c != '>';
    });
    if (!plain || origin.size() <= scheme_end + 3 || origin.find('{') != std::string::npos)
        refuse("its host cannot be read");
    return origin;
}

}  // namespace

void add_serve_options(po::options_description& options) {
    auto const text = [](char const* usual) { return po::value<std::string>()->default_value(usual); };
    options.add_options()  //
        ("listen", text("127.0.0.1:8080")->value_name("HOST:PORT"),
         "where to listen; port 0 takes one that is free. Beyond this machine only with --token-file")  //
        ("token-file", po::value<std::string>()->value_name("FILE"),
         "whoever asks must show the token that is the file's first line")  //
        ("basemap", po::value<std::string>()->value_name("URL"),
         "streets under the trips: an address with {z}, {x} and {y}; else nothing comes from other sites")   //
        ("max-k", text("10000")->value_name("N"), "most neighbours of a request")                            //
        ("max-rows", text("10000")->value_name("N"), "most rides or groups in an answer")                    //
        ("max-requests", text("1000")->value_name("N"), "most requests in a body")                           //
        ("max-line", text("65536")->value_name("BYTES"), "of a request; a longer one gets an error answer")  //
        ("max-head", text("16384")->value_name("BYTES"), "of a request's first line and headers")            //
        ("max-body", text("1048576")->value_name("BYTES"), "of a request's body")                            //
        ("max-connections", text("1024")->value_name("N"), "then the longest silent one is closed")          //
        ("max-in-flight", text("512")->value_name("N"), "requests under way; then 503 with Retry-After")     //
        ("max-streams", text("64")->value_name("N"), "replays under way; then 503")                          //
        ("head-timeout", text("10")->value_name("SECONDS"), "for a request's headers")                       //
        ("body-timeout", text("30")->value_name("SECONDS"), "for its body")                                  //
        ("idle-timeout", text("75")->value_name("SECONDS"), "between requests of a connection")              //
        ("write-timeout", text("30")->value_name("SECONDS"), "for a client that takes nothing of an answer");
    add_timings_option(options);
}

ServeOptions read_serve_options(po::variables_map const& values) {
    constexpr std::int64_t million = 1'000'000;
    auto const count = [&](char const* option, std::int64_t least, std::int64_t most, std::int64_t usual) {
        return static_cast<std::size_t>(read_integer(values, option, least, most, usual));
    };
    auto const seconds = [&](char const* option, std::int64_t usual) {
        return std::chrono::seconds(read_integer(values, option, 1, 86'400, usual));
    };
    ServeOptions options;
    options.store = values["store"].as<std::string>();
    options.place = web::read_listen_place(values["listen"].as<std::string>());
    options.token_file = read_text(values, "token-file");
    options.basemap = read_text(values, "basemap");
    content_policy(options.basemap);
    if (!web::is_loopback(options.place) && !options.token_file)
        throw core::UsageError(fmt::format(
            "--listen {}: others could reach the service there, so that it needs --token-file FILE (make one with: "
            "openssl rand -hex 32 > FILE); or listen on 127.0.0.1",
            values["listen"].as<std::string>()));
    options.requests = {count("max-k", 1, million, 10'000), count("max-rows", 1, 10 * million, 10'000)};
    options.body.requests = count("max-requests", 1, million, 1000);
    options.body.longest_line_bytes = count("max-line", 16, 64 * million, 65'536);
    options.web.head_bytes = count("max-head", 1024, million, 16'384);
    options.web.body_bytes = count("max-body", 1, 1000 * million, 1'048'576);
    options.web.connections = count("max-connections", 1, million, 1024);
    options.web.calls = count("max-in-flight", 1, million, 512);
    options.web.streams = count("max-streams", 0, million, 64);
    options.web.head = seconds("head-timeout", 10);
    options.web.body = seconds("body-timeout", 30);
    options.web.idle = seconds("idle-timeout", 75);
    options.web.write = seconds("write-timeout", 30);
    options.timings = read_timings_option(values);
    return options;
}

std::string content_policy(std::optional<std::string> const& basemap) {
    return fmt::format(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{}; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        basemap ? " " + origin_of(*basemap) : "");
}

}  // namespace tessera::app
