#pragma once
#include <string_view>
#include <vector>

namespace tessera::ingest {

/// Local. The text without blanks, tabs and carriage returns at its ends.
std::string_view trim(std::string_view text);

/// Local. The fields of a line, each trimmed and without the quotes around it; a comma between quotes does not
/// separate. `fields` is refilled. At most `most` fields are looked at: what comes after them is nobody's business.
void split_line(std::string_view line, std::size_t most, std::vector<std::string_view>& fields);

}  // namespace tessera::ingest
