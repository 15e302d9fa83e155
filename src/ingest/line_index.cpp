#include "tessera/ingest/line_index.hpp"

#include <cstring>

#include "tessera/ingest/list_separators.hpp"

namespace tessera::ingest {
namespace {

Separators list_any(char const* text, std::size_t at, std::size_t blocks, char line_end, Separators const& found) {
#ifdef TESSERA_FOR_512
    if (can_compress()) return list_separators_compressing(text, at, blocks, line_end, found);
#endif
    return list_separators(text, at, blocks, line_end, found);
}

}  // namespace

void LineIndex::look_at(std::string_view text, char line_end) {
    ends_[0] = static_cast<Offset>(-1);
    std::size_t const blocks = text.size() / block, at = blocks * block;
    auto found = list_any(text.data(), 0, blocks, line_end, {ends_.data(), line_ends_.data(), 1});
    if (at < text.size()) {
        std::array<char, block> padded{};
        std::memcpy(padded.data(), text.data() + at, text.size() - at);
        found = list_any(padded.data(), at, 1, line_end, found);
    }
    lines_ = found.lines;
    quotes_ = found.quotes != 0;
}

}  // namespace tessera::ingest
