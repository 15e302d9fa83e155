#pragma once
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "tessera/core/trip_table.hpp"
#include "tessera/query/filter.hpp"
#include "tessera/report/format.hpp"
#include "tessera/report/text_sink.hpp"

namespace tessera::report {

/// What the rows of a range or nearest answer have in common.
struct RowsAbout {
    std::vector<std::string> files;      ///< names by core::FileId
    bool nearest = false;                ///< every row has its rank and its metres
    std::uint64_t matched = 0;           ///< of a range: all that match, listed or not
    query::End on = query::End::pickup;  ///< the end that GeoJSON draws
};

/// Writes rides as they come, in any number of parts; of an answer no more is in memory than the part at hand.
///
///     RowWriter writer(out, Format::csv, about);  // the head
///     writer.write(trips);                        // as often as there is more
///     writer.finish();                            // the foot
class RowWriter {
  public:
    /// Local. Writes the head.
    RowWriter(std::ostream& out, Format format, RowsAbout const& about);

    /// Local. Writes a table's rows, in its order. Shapes: the table has all its columns; `metres` has one entry a row
    /// for a nearest answer, none otherwise (std::invalid_argument). Throws core::DataError for a file without name.
    void write(core::TripTable const& trips, std::span<double const> metres = {});

    /// Local. Writes the foot and hands everything to the stream; whether the stream took it is the caller's to check.
    void finish();

  private:
    void append_row(core::Trip const& trip, std::optional<double> metres);
    std::string const& file_of(core::Trip const& trip) const;

    TextSink sink_;
    Format format_;
    std::vector<std::string> file_literals_;  ///< file names as this format writes them
    bool nearest_;
    query::End on_;
    std::uint64_t rows_ = 0;
};

/// Local. Writes a whole answer; shapes and errors as of RowWriter.
void write_rows(std::ostream& out, Format format, RowsAbout const& about, core::TripTable const& trips,
                std::span<double const> metres = {});

}  // namespace tessera::report
