#include "schema.hpp"

#include <span>
#include <string>
#include <vector>

#include "attributes.hpp"
#include "tessera/core/codes.hpp"

namespace tessera::store {
namespace {

std::span<core::CodeMeaning const> codes_of(core::Column column) {
    switch (column) {
        case core::Column::payment:
            return core::payment_codes();
        case core::Column::rate:
            return core::rate_codes();
        case core::Column::vendor:
            return core::vendor_codes();
        case core::Column::source:
            return core::source_codes();
        default:
            return {};
    }
}

void describe_codes(hid_t dataset, std::span<core::CodeMeaning const> codes) {
    std::vector<std::uint8_t> values;
    std::string meanings;
    for (core::CodeMeaning const& code : codes) {
        values.push_back(code.code);
        meanings += (meanings.empty() ? "" : " ") + std::string(code.meaning);
    }
    write_attribute(dataset, "flag_values", H5T_STD_U8LE, values.data(), values.size());
    write_attribute(dataset, "flag_meanings", meanings);
}

}  // namespace

std::string path_of(core::Column column) {
    return "/trips/" + std::string(core::text_of(column).name);
}

void describe_column(hid_t dataset, core::Column column, hid_t type, void const* unknown_value) {
    core::ColumnText const& text = core::text_of(column);
    write_attribute(dataset, "long_name", text.long_name);
    if (!text.units.empty()) write_attribute(dataset, "units", text.units);
    if (text.scale_factor != 1) write_attribute(dataset, "scale_factor", H5T_IEEE_F64LE, &text.scale_factor, 1);
    if (text.has_unknown) write_attribute(dataset, "_FillValue", type, unknown_value, 1);
    if (auto const codes = codes_of(column); !codes.empty()) describe_codes(dataset, codes);
}

}  // namespace tessera::store
