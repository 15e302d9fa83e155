#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/core/trip.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::report {

/// Where a ride stands in a nearest answer.
struct Standing {
    std::uint64_t rank;  ///< from 1
    double metres;
};

/// The columns of a ride, for a CSV header; they are also the names of its GeoJSON properties. Where there is a
/// standing, `standing_columns` stand in front.
inline constexpr std::string_view standing_columns = "rank,metres,";
inline constexpr std::string_view ride_columns =
    "source,pickup_time,dropoff_time,pickup_lon,pickup_lat,dropoff_lon,dropoff_lat,distance,fare,tip,tolls,total,"
    "passengers,payment,rate,vendor,file,line";

/// What stands around the Features of a GeoJSON answer, and between them.
inline constexpr std::string_view features_head = R"({"type":"FeatureCollection","features":[)";
inline constexpr std::string_view features_separator = ",\n";
inline constexpr std::string_view features_foot = "\n]}\n";

/// Local. A ride as the fields of these columns; what is unknown is empty. `file` is a finished CSV field.
void append_ride_csv(std::string& text, core::Trip const& trip, std::string_view file,
                     std::optional<Standing> standing = {});

/// Local. A ride as a JSON object on one line; what is unknown is left out. `file` is a finished JSON string.
void append_ride_json(std::string& text, core::Trip const& trip, std::string_view file,
                      std::optional<double> metres = {});

/// Local. The same for one ride whose file has that name.
std::string ride_json(core::Trip const& trip, std::string_view file_name, std::optional<double> metres = {});

/// Local. A ride as a GeoJSON Feature on one line: a Point at that end, or no geometry where the end is unknown; what
/// is unknown is null. `file` is a finished JSON string.
void append_ride_feature(std::string& text, core::Trip const& trip, std::string_view file, query::End on,
                         std::optional<Standing> standing = {});

}  // namespace tessera::report
