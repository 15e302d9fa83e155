#include <array>

#include "layout_tables.hpp"

namespace tessera::synth {
namespace {

constexpr std::array uber_fields{Field::pickup_time, Field::pickup_lat, Field::pickup_lon, Field::base};

constexpr Layout layout_2014{.name = "2014",
                             .source = core::Source::uber,
                             .year = 2014,
                             .month = 4,
                             .header = "\"Date/Time\",\"Lat\",\"Lon\",\"Base\"\n",
                             .line_end = "\n",
                             .fields = uber_fields,
                             .row_tail = "",
                             .dates = DateForm::month_first,
                             .numbers = NumberStyle::four_decimals,
                             .codes = CodeStyle::numbers,
                             .order = RowOrder::blocks_by_base,
                             .quoted = true,
                             .has_trip_type = false,
                             .tariff = nullptr};

/// A file that a spreadsheet has opened and saved again.
constexpr Layout resaved_layout(std::string_view name, DateForm dates) {
    Layout layout = layout_2014;
    layout.name = name;
    layout.header = "Date/Time,Lat,Lon,Base\r\n";
    layout.line_end = "\r\n";
    layout.dates = dates;
    layout.quoted = false;
    return layout;
}

constexpr std::array table{layout_2014, resaved_layout("excel", DateForm::year_first),
                           resaved_layout("mixed", DateForm::mixed)};

}  // namespace

std::span<Layout const> uber_layouts() {
    return table;
}

}  // namespace tessera::synth
