#pragma once
#include <boost/program_options.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "tessera/app/metrics_file.hpp"
#include "tessera/app/stage_watch.hpp"
#include "tessera/request/request.hpp"

namespace tessera::app {

/// What `answer` is asked to do.
struct AnswerOptions {
    std::string store;
    std::string from;  ///< a place as of feed::open_source
    std::string to;    ///< a place as of feed::open_sink
    std::size_t batch = 0;
    std::size_t longest_line_bytes = 0;
    request::Limits limits;
    std::uint64_t repeat = 1;
    bool explain = false;
    std::optional<std::string> latency;
    std::optional<MetricsOption> metrics;
    TimingsOption timings;
};

/// Local. Adds the options of `answer`.
void add_answer_options(po::options_description& options);
/// Local. Reads them. Throws core::UsageError.
AnswerOptions read_answer_options(po::variables_map const& values);

}  // namespace tessera::app
