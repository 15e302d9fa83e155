#include "tessera/report/format.hpp"

#include <fmt/format.h>

#include "tessera/core/error.hpp"

namespace tessera::report {

Format parse_format(std::string_view name) {
    if (name == "csv") return Format::csv;
    if (name == "json") return Format::json;
    if (name == "geojson") return Format::geojson;
    throw core::UsageError(fmt::format("unknown format '{}'; choose one of csv, json, geojson", name));
}

}  // namespace tessera::report
