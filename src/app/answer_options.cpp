#include "answer_options.hpp"

#include <fmt/format.h>

#include "tessera/app/option_values.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/core/error.hpp"
#include "tessera/feed/sink.hpp"
#include "tessera/feed/source.hpp"

namespace tessera::app {
namespace {

/// Of two options that say the same in two ways, the one that is given.
std::optional<std::string> read_one_of(po::variables_map const& values, char const* a, char const* b) {
    auto const first = read_text(values, a), second = read_text(values, b);
    if (first && second) throw core::UsageError(fmt::format("--{} and --{} are both given; give one", a, b));
    return first ? first : second;
}

}  // namespace

void add_answer_options(po::options_description& options) {
    options.add_options()  //
        ("requests", po::value<std::string>()->value_name("FILE"),
         "the requests, one JSON object a line; - for standard input, answered as they come")  //
        ("from", po::value<std::string>()->value_name("PLACE"),
         "the same from a Kafka topic: kafka://HOST:PORT/TOPIC?group=G")  //
        ("output", po::value<std::string>()->value_name("FILE"),
         "where the answers go (default: standard output)")                                                          //
        ("to", po::value<std::string>()->value_name("PLACE"), "the same to a Kafka topic: kafka://HOST:PORT/TOPIC")  //
        ("batch", po::value<std::string>()->default_value("1024")->value_name("N"),
         "requests answered together at most; whatever waits is taken")  //
        ("max-line", po::value<std::string>()->default_value("65536")->value_name("BYTES"),
         "a longer line gets an error answer")                                                                        //
        ("max-k", po::value<std::string>()->default_value("10000")->value_name("N"), "most neighbours of a request")  //
        ("max-rows", po::value<std::string>()->default_value("10000")->value_name("N"),
         "most rides or groups in an answer")  //
        ("repeat", po::value<std::string>()->default_value("1")->value_name("N"),
         "answer the whole file so many times, to measure")                                     //
        ("explain", po::bool_switch(), "tell in each answer what it cost: ranks, tiles, rows")  //
        ("latency", po::value<std::string>()->value_name("FILE"),
         "write what each request cost: id,op,outcome,queue_micros,work_micros,ranks,tiles,rows (CSV)");
    add_metrics_option(options);
    add_timings_option(options);
}

AnswerOptions read_answer_options(po::variables_map const& values) {
    constexpr std::int64_t million = 1'000'000;
    AnswerOptions options;
    options.store = values["store"].as<std::string>();
    auto const from = read_one_of(values, "requests", "from");
    if (!from) throw core::UsageError("--requests is missing; give a file of requests, or - for standard input");
    options.from = *from;
    feed::check_source_place(options.from);
    options.to = read_one_of(values, "output", "to").value_or("-");
    feed::check_sink_place(options.to);
    options.batch = static_cast<std::size_t>(read_integer(values, "batch", 1, million, 1024));
    options.longest_line_bytes = static_cast<std::size_t>(read_integer(values, "max-line", 16, 64 * million, 65'536));
    options.limits.most_k = static_cast<std::uint64_t>(read_integer(values, "max-k", 1, million, 10'000));
    options.limits.most_rows = static_cast<std::uint64_t>(read_integer(values, "max-rows", 1, 10 * million, 10'000));
    options.repeat = static_cast<std::uint64_t>(read_integer(values, "repeat", 1, million, 1));
    if (options.repeat > 1 && (options.from == "-" || feed::is_kafka_place(options.from)))
        throw core::UsageError("--repeat needs a file of requests; a stream can be read only once");
    options.explain = values["explain"].as<bool>();
    options.latency = read_text(values, "latency");
    options.metrics = read_metrics_option(values);
    options.timings = read_timings_option(values);
    return options;
}

}  // namespace tessera::app
