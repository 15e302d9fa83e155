#pragma once
#include <nlohmann/json_fwd.hpp>
#include <ostream>
#include <string>

#include "tessera/core/ledger.hpp"

namespace tessera::report {

/// Local. The ledger as a table for people: a line a file, and their total where there are several.
std::string ledger_table(core::Ledger const& ledger);

/// Local. The ledger as {"files":[{name, format, bytes, lines, header, blank, kept, rejected:{...}, odd:{...}}],
/// "total":{...}}; every count is a number of lines, `bytes` the file's size.
nlohmann::ordered_json ledger_json(core::Ledger const& ledger);

/// Local. Writes that object, indented.
void write_ledger_json(std::ostream& out, core::Ledger const& ledger);

}  // namespace tessera::report
