#include "tessera/ingest/header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <span>
#include <vector>

#include "tessera/core/error.hpp"
#include "tessera/ingest/split_line.hpp"

namespace tessera::ingest {
namespace {

struct Alias {
    std::string_view column;  ///< trimmed, lower case
    Field field;
};

// All names that the commission's files and the open-data portal have used, 2009 to 2016.
constexpr Alias taxi_aliases[] = {
    {"vendor_name", Field::vendor},
    {"vendor_id", Field::vendor},
    {"vendorid", Field::vendor},
    {"trip_pickup_datetime", Field::pickup_time},
    {"pickup_datetime", Field::pickup_time},
    {"tpep_pickup_datetime", Field::pickup_time},
    {"lpep_pickup_datetime", Field::pickup_time},
    {"trip_dropoff_datetime", Field::dropoff_time},
    {"dropoff_datetime", Field::dropoff_time},
    {"tpep_dropoff_datetime", Field::dropoff_time},
    {"lpep_dropoff_datetime", Field::dropoff_time},
    {"passenger_count", Field::passengers},
    {"trip_distance", Field::distance},
    {"start_lon", Field::pickup_lon},
    {"pickup_longitude", Field::pickup_lon},
    {"start_lat", Field::pickup_lat},
    {"pickup_latitude", Field::pickup_lat},
    {"end_lon", Field::dropoff_lon},
    {"dropoff_longitude", Field::dropoff_lon},
    {"end_lat", Field::dropoff_lat},
    {"dropoff_latitude", Field::dropoff_lat},
    {"rate_code", Field::rate},
    {"ratecodeid", Field::rate},
    {"payment_type", Field::payment},
    {"fare_amt", Field::fare},
    {"fare_amount", Field::fare},
    {"tip_amt", Field::tip},
    {"tip_amount", Field::tip},
    {"tolls_amt", Field::tolls},
    {"tolls_amount", Field::tolls},
    {"total_amt", Field::total},
    {"total_amount", Field::total},
};
constexpr Alias uber_aliases[] = {
    {"date/time", Field::pickup_time}, {"lat", Field::pickup_lat}, {"lon", Field::pickup_lon}, {"base", Field::vendor}};

constexpr Field taxi_needs[] = {Field::pickup_time, Field::dropoff_time, Field::pickup_lon,
                                Field::pickup_lat,  Field::dropoff_lon,  Field::dropoff_lat};
constexpr Field uber_needs[] = {Field::pickup_time, Field::pickup_lat, Field::pickup_lon};

// Only green files have these; without them a taxi file is a yellow one.
constexpr std::string_view green_marks[] = {"lpep_pickup_datetime", "trip_type", "ehail_fee"};

std::vector<std::string> lower_case_names(std::string_view header) {
    std::vector<std::string_view> fields;
    split_line(header, header.size() + 1, fields);
    std::vector<std::string> names;
    for (std::string_view const field : fields) {
        std::string& name = names.emplace_back(field);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    }
    return names;
}

Binding bind_aliases(std::vector<std::string> const& names, std::span<Alias const> aliases, core::Source source,
                     std::string const& file_name, std::uint64_t line) {
    Binding binding;
    binding.source = source;
    binding.column.fill(Binding::absent);
    for (std::size_t column = 0; column < names.size(); ++column) {
        auto const alias =
            std::find_if(aliases.begin(), aliases.end(), [&](Alias const& a) { return a.column == names[column]; });
        if (alias == aliases.end()) continue;
        int& place = binding.column[static_cast<std::size_t>(alias->field)];
        if (place != Binding::absent)
            throw core::DataError(
                core::describe({file_name, line, names[column], ""},
                               fmt::format("the header names '{}' for {} already",
                                           names[static_cast<std::size_t>(place)], core::text_of(alias->field).name),
                               "leave one of the two columns out"));
        place = static_cast<int>(column);
        binding.columns = column + 1;
    }
    return binding;
}

std::vector<std::string_view> missing_fields(Binding const& binding, std::span<Field const> needs) {
    std::vector<std::string_view> missing;
    for (Field const field : needs)
        if (!binding.has(field)) missing.push_back(core::text_of(field).name);
    return missing;
}

}  // namespace

Binding bind_header(std::string_view header, std::optional<core::Source> wanted, std::string const& file_name,
                    std::uint64_t line) {
    auto const names = lower_case_names(header);
    bool const is_green = std::any_of(std::begin(green_marks), std::end(green_marks), [&](std::string_view mark) {
        return std::find(names.begin(), names.end(), mark) != names.end();
    });
    std::string tried;
    for (core::Source const source : {core::Source::yellow, core::Source::green, core::Source::uber}) {
        bool const uber = source == core::Source::uber;
        if (wanted && *wanted != source) continue;
        Binding const binding = uber ? bind_aliases(names, uber_aliases, source, file_name, line)
                                     : bind_aliases(names, taxi_aliases, source, file_name, line);
        auto const missing = uber ? missing_fields(binding, uber_needs) : missing_fields(binding, taxi_needs);
        bool const told_by_marks = wanted || uber || is_green == (source == core::Source::green);
        if (missing.empty() && told_by_marks) return binding;
        tried +=
            fmt::format("{}{} misses {}", tried.empty() ? "" : "; ", core::name_of(source), fmt::join(missing, ", "));
    }
    std::string const shown(header.substr(0, 120));
    throw core::DataError(core::describe(
        {file_name, line, "", shown}, fmt::format("the header is of no known format (tried {})", tried),
        "Tessera reads trips with pick-up points: yellow and green to June 2016, Uber of 2014; later files have zones "
        "instead"));
}

}  // namespace tessera::ingest
