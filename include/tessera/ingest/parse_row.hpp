#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "tessera/core/ledger.hpp"
#include "tessera/core/trip.hpp"
#include "tessera/ingest/header.hpp"
#include "tessera/ingest/timestamp.hpp"

namespace tessera::ingest {

/// Turns lines of one layout into trips. Not shared between threads: it keeps the last day read.
class RowParser {
  public:
    explicit RowParser(Binding const& binding) : binding_(binding) {}

    /// Local. Reads a line (without its line end) into `trip`, all but its file and line. Returns `malformed` where a
    /// bound column is missing from the row, a needed field is empty, or a field does not parse; `no_pickup` for a
    /// pick-up at 0,0 or empty; nothing where the trip was read. A drop-off that is empty, at 0,0 or at no place on
    /// earth becomes unknown.
    std::optional<core::Reject> parse(std::string_view line, core::Trip& trip);

  private:
    std::string_view field(Field field) const;
    bool read_times(core::Trip& trip);
    bool read_places(core::Trip& trip, bool& has_pickup);
    bool read_amounts(core::Trip& trip);
    void read_codes(core::Trip& trip);

    Binding binding_;
    TimestampReader timestamps_;
    std::vector<std::string_view> fields_;
};

}  // namespace tessera::ingest
