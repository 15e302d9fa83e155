#include "tessera/report/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "tessera/core/error.hpp"
#include "tessera/report/quote.hpp"
#include "tessera/report/ride.hpp"

namespace tessera::report {
namespace {

std::vector<std::string> literals_of(std::vector<std::string> const& names, Format format) {
    std::vector<std::string> literals;
    literals.reserve(names.size());
    std::transform(names.begin(), names.end(), std::back_inserter(literals),
                   [&](std::string const& name) { return format == Format::csv ? csv_field(name) : quote_json(name); });
    return literals;
}

std::string head_of(Format format, RowsAbout const& about) {
    switch (format) {
        case Format::csv:
            return fmt::format("{}{}\n", about.nearest ? standing_columns : "", ride_columns);
        case Format::json:
            return about.nearest ? "{\"rides\":[" : fmt::format("{{\"matched\":{},\"rides\":[", about.matched);
        case Format::geojson:
            return std::string(features_head);
    }
    return {};
}

}  // namespace

RowWriter::RowWriter(std::ostream& out, Format format, RowsAbout const& about)
    : sink_(out),
      format_(format),
      file_literals_(literals_of(about.files, format)),
      nearest_(about.nearest),
      on_(about.on) {
    sink_.text() += head_of(format, about);
}

std::string const& RowWriter::file_of(core::Trip const& trip) const {
    if (trip.file.count < file_literals_.size()) return file_literals_[trip.file.count];
    throw core::DataError(
        fmt::format("a trip names file {}, but the store lists {} (the store is damaged); ingest again",
                    trip.file.count, file_literals_.size()));
}

void RowWriter::append_row(core::Trip const& trip, std::optional<double> metres) {
    std::string& text = sink_.text();
    std::string const& file = file_of(trip);
    ++rows_;
    if (format_ != Format::csv) text += rows_ == 1 ? "\n" : ",\n";
    if (format_ == Format::json) return append_ride_json(text, trip, file, metres);

    std::optional<Standing> standing;
    if (metres) standing = {rows_, *metres};
    if (format_ == Format::geojson) return append_ride_feature(text, trip, file, on_, standing);
    append_ride_csv(text, trip, file, standing);
    text += '\n';
}

void RowWriter::write(core::TripTable const& trips, std::span<double const> metres) {
    if (metres.size() != (nearest_ ? trips.size() : 0))
        throw std::invalid_argument("RowWriter: metres and rows differ in number");
    for (std::size_t row = 0; row < trips.size(); ++row) {
        append_row(core::trip_at(trips, row), nearest_ ? std::optional(metres[row]) : std::nullopt);
        sink_.end_row();
    }
}

void RowWriter::finish() {
    if (format_ != Format::csv) sink_.text() += "\n]}\n";
    sink_.drain();
}

void write_rows(std::ostream& out, Format format, RowsAbout const& about, core::TripTable const& trips,
                std::span<double const> metres) {
    RowWriter writer(out, format, about);
    writer.write(trips, metres);
    writer.finish();
}

}  // namespace tessera::report
