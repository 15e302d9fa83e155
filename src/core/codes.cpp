#include "tessera/core/codes.hpp"

#include <string>

#include "tessera/core/error.hpp"

namespace tessera::core {
namespace {

constexpr std::array payment_table{CodeMeaning{0, "not_given"}, CodeMeaning{1, "card"},    CodeMeaning{2, "cash"},
                                   CodeMeaning{3, "no_charge"}, CodeMeaning{4, "dispute"}, CodeMeaning{5, "unknown"},
                                   CodeMeaning{6, "voided"}};

constexpr std::array rate_table{
    CodeMeaning{0, "not_given"}, CodeMeaning{1, "standard"},           CodeMeaning{2, "jfk"},
    CodeMeaning{3, "newark"},    CodeMeaning{4, "nassau_westchester"}, CodeMeaning{5, "negotiated"},
    CodeMeaning{6, "group"}};

constexpr std::array vendor_table{CodeMeaning{0, "not_given"},    CodeMeaning{1, "cmt"},
                                  CodeMeaning{2, "vts"},          CodeMeaning{3, "dds"},
                                  CodeMeaning{10, "uber_b02512"}, CodeMeaning{11, "uber_b02598"},
                                  CodeMeaning{12, "uber_b02617"}, CodeMeaning{13, "uber_b02682"},
                                  CodeMeaning{14, "uber_b02764"}, CodeMeaning{15, "uber_other"}};

constexpr std::array source_table{CodeMeaning{0, "not_given"}, CodeMeaning{1, "green"}, CodeMeaning{2, "uber"},
                                  CodeMeaning{3, "yellow"}};

}  // namespace

std::string_view name_of(Source source) {
    auto const code = static_cast<std::size_t>(source);
    if (code == 0 || code >= source_table.size())
        throw DataError("source code " + std::to_string(code) + " is none; the store is damaged, ingest it again");
    return source_table[code].meaning;
}

std::optional<Source> find_source(std::string_view name) {
    for (Source const source : all_sources)
        if (name_of(source) == name) return source;
    return std::nullopt;
}

std::span<CodeMeaning const> payment_codes() {
    return payment_table;
}
std::span<CodeMeaning const> rate_codes() {
    return rate_table;
}
std::span<CodeMeaning const> vendor_codes() {
    return vendor_table;
}
std::span<CodeMeaning const> source_codes() {
    return source_table;
}

}  // namespace tessera::core
