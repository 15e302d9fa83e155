#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tessera::ingest {

/// Where the lines of a piece of text end, and the fields in them, as offsets from the text's begin. Large: used again
/// and again.
class LineIndex {
  public:
    /// Longest text that is indexed at once: it and its index stay in the nearest cache.
    static constexpr std::size_t most_bytes = std::size_t{1} << 14;
    using Offset = std::uint16_t;

    /// Local. Looks at a text of at most most_bytes.
    void look_at(std::string_view text, char line_end);

    /// Lines that end in the text.
    std::size_t lines() const { return lines_; }
    /// One past the end of the last line that ends in the text; 0 when none does.
    std::size_t bytes() const { return lines() == 0 ? 0 : ends_[line_ends_[lines_ - 1]] + std::size_t{1}; }
    /// Whether there is a quote anywhere: then a comma need not be a field's end.
    bool quotes() const { return quotes_; }

    /// A line's fields, of which the last ends with the line.
    struct Line {
        Offset const* ends;  ///< of its fields; before them is the end of the line before
        std::size_t fields;
        /// Field 0 begins where the line does.
        Offset begin(std::size_t field) const { return static_cast<Offset>((ends + field)[-1] + 1); }
        Offset end(std::size_t field) const { return ends[field]; }
        Offset begin() const { return begin(0); }
        Offset end() const { return ends[fields - 1]; }
    };
    Line line(std::size_t number) const {
        std::size_t const first = number == 0 ? 1 : line_ends_[number - 1] + std::size_t{1};
        return {ends_.data() + first, line_ends_[number] + std::size_t{1} - first};
    }

  private:
    static constexpr std::size_t block = 64;
    std::array<Offset, most_bytes + block + 1> ends_;  ///< what is one before the text (2^16 - 1), then every separator
    std::array<Offset, most_bytes> line_ends_;         ///< which of the separators end lines
    std::size_t lines_ = 0;
    bool quotes_ = false;
};

}  // namespace tessera::ingest
