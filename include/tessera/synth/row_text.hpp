#pragma once
#include <array>
#include <cstddef>
#include <string>

#include "tessera/synth/layout.hpp"
#include "tessera/synth/number_text.hpp"
#include "tessera/synth/trip_draft.hpp"

namespace tessera::synth {

/// What to write instead of a row's own fields.
struct RowFlaw {
    struct Replacement {
        Field field = Field::blank;
        std::string text;
    };
    std::array<Replacement, 2> replaced{};  ///< `Field::blank` is never replaced, and so stands for none
    std::size_t fields_kept = static_cast<std::size_t>(-1);  ///< the row is cut after so many
};

/// Writes trips as rows of one layout, without the line end.
class RowText {
  public:
    explicit RowText(Layout const& layout);

    /// No row with its line end, nor blank lines before it, is longer.
    static constexpr std::size_t max_bytes = 1024;

    /// Local. Writes a row and returns where it ends. Shapes: `max_bytes` bytes are free at `out`.
    char* write(char* out, TripDraft const& trip) const;
    /// Local. Writes a row with a flaw and returns where it ends. Shapes: as above; a replacement has at most 40 bytes.
    char* write(char* out, TripDraft const& trip, RowFlaw const& flaw) const;

  private:
    char* write_field(char* out, Field field, TripDraft const& trip) const;
    char* write_quoted_time(char* out, core::WallTime time) const;
    char* write_coordinate(char* out, std::int32_t angle) const;

    Layout const* layout_;
    HundredthTexts money_;
    HundredthTexts distance_;
};

}  // namespace tessera::synth
