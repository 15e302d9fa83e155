#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/request/request.hpp"
#include "tessera/synth/request_maker.hpp"

namespace tessera::bench {

/// Lines of JSON, as `generate requests --store STORE` makes them of the store of `loaded_store()`.
struct RequestLines {
    std::string text;                     ///< as many bytes follow the last line as its reader may look at
    std::vector<std::string_view> lines;  ///< into the text, without line ends
};

/// The first `count` requests of a mix.
RequestLines make_lines(std::size_t count, synth::RequestMix const& mix);
/// All requests are of this operation.
synth::RequestMix only(request::Operation operation);
/// What the lines ask.
std::vector<request::Request> read_requests(RequestLines const& lines);

}  // namespace tessera::bench
