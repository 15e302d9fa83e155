#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "tessera/core/ledger.hpp"
#include "tessera/core/trip.hpp"
#include "tessera/ingest/header.hpp"

namespace tessera::ingest {

/// Turns lines of one layout into trips, one at a time, in any form: whatever is right, LineGroup must do alike. Not
/// shared between threads: it keeps memory for a line's fields.
class RowParser {
  public:
    explicit RowParser(Binding const& binding) : binding_(binding) {}

    /// Local. Reads a line (without its line end) into `trip`, all but its file and line. Returns `malformed` where a
    /// bound column is missing from the row, a needed field is empty, or a field does not parse; `no_pickup` for a
    /// pick-up at 0,0 or empty; nothing where the trip was read. A drop-off that is empty, at 0,0 or at no place on
    /// earth becomes unknown.
    std::optional<core::Reject> parse(std::string_view line, core::Trip& trip);

  private:
    Binding binding_;
    std::vector<std::string_view> fields_;
};

}  // namespace tessera::ingest
