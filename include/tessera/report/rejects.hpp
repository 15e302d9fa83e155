#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "tessera/core/ledger.hpp"

namespace tessera::report {

/// The columns of a file of rejected rows.
inline constexpr std::string_view reject_columns = "file,line,reason,text";

/// Local. A rejected row as a line of CSV, with its line feed. `row` is the row as read, without its line end; it is
/// always in quotation marks, so that it comes back byte for byte.
void append_reject(std::string& text, std::string_view file_name, std::uint64_t line, core::Reject reason,
                   std::string_view row);

}  // namespace tessera::report
