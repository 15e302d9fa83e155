#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tessera::ingest {

/// Where the lines of a piece of text end, and the fields in them, as offsets from the text's begin. Used again and
/// again: it keeps its memory.
class LineIndex {
  public:
    /// Longest text that is indexed at once: it and its index stay in the nearest cache.
    static constexpr std::size_t most_bytes = std::size_t{1} << 14;

    /// Local. Looks at a text of at most most_bytes.
    void look_at(std::string_view text, char line_end);

    /// Lines that end in the text.
    std::size_t lines() const { return line_ends_.size(); }
    /// One past the end of the last line that ends in the text; 0 when none does.
    std::size_t bytes() const { return lines() == 0 ? 0 : ends_[line_ends_.back()] + std::size_t{1}; }
    /// Whether there is a quote anywhere: then a comma need not be a field's end.
    bool quotes() const { return quotes_; }

    /// A line's fields: field f is [ends[f - 1] + 1, ends[f]); ends[-1] + 1 is the line's begin, and the last of the
    /// `fields` ends is the line's.
    struct Line {
        std::uint32_t const* ends;
        std::size_t fields;
        std::uint32_t begin() const { return ends[-1] + 1; }
        std::uint32_t end() const { return ends[fields - 1]; }
    };
    Line line(std::size_t number) const {
        std::size_t const first = number == 0 ? 1 : line_ends_[number - 1] + std::size_t{1};
        return {ends_.data() + first, line_ends_[number] + std::size_t{1} - first};
    }

  private:
    std::vector<std::uint32_t> ends_;       ///< what is one before the text (2^32 - 1), then every separator
    std::vector<std::uint32_t> line_ends_;  ///< which of the separators end lines
    bool quotes_ = false;
};

}  // namespace tessera::ingest
