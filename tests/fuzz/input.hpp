#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::fuzz {

/// An input as choices and text, so that a corpus is text that one can read and write: the first line is choices, a
/// character each ("30a1"), and what comes after it is the body.
class Input {
  public:
    explicit Input(std::string_view bytes);

    /// Local. The next choice, from 0 to `below` - 1; 0 where the line is over.
    unsigned choose(unsigned below);
    template <class T, std::size_t n>
    T const& choose_of(T const (&values)[n]) {
        return values[choose(static_cast<unsigned>(n))];
    }
    std::string_view body() const { return body_; }

  private:
    std::string_view choices_;
    std::string_view body_;
};

/// A change to make: "x 12 255".
struct Edit {
    char what;
    std::uint64_t at;
    std::int64_t value;
};

/// Local. The edits of a text, one a line that begins with a '!'; the other lines are put into `rest`.
std::vector<Edit> read_edits(std::string_view text, std::string& rest);

/// Local. Applies edits to bytes, at places modulo their number: x changes bits, c cuts, d takes out, i puts in.
void apply_edits(std::vector<Edit> const& edits, std::string& bytes);

/// A file in memory that has a path, for readers that open one.
class MemoryFile {
  public:
    explicit MemoryFile(std::string_view bytes);
    ~MemoryFile();
    MemoryFile(MemoryFile const&) = delete;
    MemoryFile& operator=(MemoryFile const&) = delete;
    std::string path() const;

  private:
    int descriptor_;
};

}  // namespace tessera::fuzz
