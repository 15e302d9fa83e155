#include "tessera/report/rejects.hpp"

#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"

namespace tessera::report {

void append_reject(std::string& text, std::string_view file_name, std::uint64_t line, core::Reject reason,
                   std::string_view row) {
    text += csv_field(file_name);
    text += ',';
    append_count(text, line);
    text += ',';
    text += core::reject_names[static_cast<std::size_t>(reason)];
    text += ',';
    text += quote_csv(row);
    text += '\n';
}

}  // namespace tessera::report
