#include "tessera/report/text_sink.hpp"

namespace tessera::report {

TextSink::TextSink(std::ostream& out) : out_(out) {
    text_.reserve(2 * piece_bytes);
}

void TextSink::drain() {
    out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
}

}  // namespace tessera::report
