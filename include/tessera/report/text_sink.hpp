#pragma once
#include <ostream>
#include <string>

namespace tessera::report {

/// Text on its way to a stream: rows are appended to `text`, and go out in large pieces, so that neither the stream
/// is called for every number nor a whole answer is ever in memory.
class TextSink {
  public:
    explicit TextSink(std::ostream& out);

    std::string& text() { return text_; }
    /// Local. Hands the text over when enough has come together; to be called after each row.
    void end_row() {
        if (text_.size() >= piece_bytes) drain();
    }
    /// Local. Hands all text over; to be called at the end, for the destructor does not (it could not report a
    /// failure).
    void drain();

  private:
    static constexpr std::size_t piece_bytes = 64 * 1024;
    std::ostream& out_;
    std::string text_;
};

}  // namespace tessera::report
