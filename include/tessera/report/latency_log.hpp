#pragma once
#include <string>
#include <string_view>

#include "tessera/request/cost.hpp"

namespace tessera::report {

/// The columns of a latency log.
inline constexpr std::string_view latency_columns = "id,op,outcome,queue_micros,work_micros,ranks,tiles,rows";

/// Local. What a request cost as a line of CSV, with its line feed. A string's id stands as its plain text, other JSON
/// as it is; what is unknown is empty. Microseconds have up to three decimals, so that no nanosecond is lost.
void append_latency(std::string& text, request::Answered const& answered);

}  // namespace tessera::report
