#include "line_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace tessera::feed {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t first_capacity = 4 * piece_bytes;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A line may be longer than the longest by what does not count: a byte order mark and \r. With one byte more than
/// that, it is too long, whatever follows.
constexpr std::size_t surely_longer_bytes = byte_order_mark.size() + 1 + 1;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

}  // namespace

LineBuffer::LineBuffer(std::size_t longest_bytes)
    : longest_bytes_(longest_bytes), bytes_(first_capacity + padding_bytes) {}

void LineBuffer::start_batch() {
    batch_.clear();
    batch_begin_ = line_begin_;
}

void LineBuffer::find_lines(std::size_t most) {
    while (batch_.size() < most) {
        char const* const begin = bytes_.data();
        void const* const found = std::memchr(begin + searched_, '\n', end_ - searched_);
        if (found == nullptr) {
            searched_ = end_;
            return forget_excess();
        }
        auto const line_end = static_cast<std::size_t>(static_cast<char const*>(found) - begin);
        add_line({begin + line_begin_, line_end - line_begin_});
        line_begin_ = searched_ = line_end + 1;
    }
}

void LineBuffer::add_line(std::string_view line) {
    ++number_;
    if (number_ == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    bool const too_long = line.size() > longest_bytes_;
    if (too_long || !is_blank(line)) batch_.push_back({line.substr(0, longest_bytes_), number_, arrived_, too_long});
}

void LineBuffer::forget_excess() {
    std::size_t const kept = longest_bytes_ + surely_longer_bytes;
    if (end_ - line_begin_ > kept) end_ = searched_ = line_begin_ + kept;
}

std::span<char> LineBuffer::room() {
    if (batch_.empty()) batch_begin_ = line_begin_;  // there were only blank lines
    if (capacity() - end_ < piece_bytes) move_to_front();
    if (capacity() - end_ < piece_bytes) {
        if (!batch_.empty()) return {};
        bytes_.resize(std::min(2 * capacity(), end_ + longest_bytes_ + surely_longer_bytes + piece_bytes) +
                      padding_bytes);
    }
    return {bytes_.data() + end_, piece_bytes};
}

void LineBuffer::move_to_front() {
    if (batch_begin_ == 0) return;
    std::memmove(bytes_.data(), bytes_.data() + batch_begin_, end_ - batch_begin_);
    for (Message& message : batch_)
        message.text = {message.text.data() - batch_begin_, message.text.size()};
    line_begin_ -= batch_begin_;
    searched_ -= batch_begin_;
    end_ -= batch_begin_;
    batch_begin_ = 0;
}

void LineBuffer::add(std::size_t bytes, Clock::time_point arrived) {
    end_ += bytes;
    arrived_ = arrived;
}

void LineBuffer::end_text() {
    if (end_ > line_begin_) add_line({bytes_.data() + line_begin_, end_ - line_begin_});
    line_begin_ = searched_ = end_;
    number_ = 0;
}

}  // namespace tessera::feed
