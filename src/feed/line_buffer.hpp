#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tessera/feed/message.hpp"

namespace tessera::feed {

/// Where bytes become lines. Bytes are read into `room` and announced by `add`; `find_lines` gathers whole lines in a
/// batch, which stays valid until `start_batch`. A line ends with \n or \r\n; blank lines are counted and left out, and
/// so is a byte order mark at the start. Of a line that is too long only the first bytes are ever kept, so that memory
/// is bounded whatever comes; a byte is moved at most once on its way, a line's start perhaps twice.
class LineBuffer {
  public:
    explicit LineBuffer(std::size_t longest_bytes);

    /// Local. Forgets the batch that was handed out.
    void start_batch();
    /// Local. Adds whole lines to the batch until it holds `most` or there are no more.
    void find_lines(std::size_t most);
    std::span<Message const> batch() const { return batch_; }
    /// Local. Where to put the next bytes; empty where the batch must be handed out first. Call it once `find_lines`
    /// has found all lines.
    std::span<char> room();
    /// Local. The first `bytes` of the room have been filled.
    void add(std::size_t bytes, Clock::time_point arrived);
    /// Local. The text has ended: what follows its last line end is a line as well. What is added next is another text.
    void end_text();

  private:
    std::size_t capacity() const { return bytes_.size() - padding_bytes; }
    void add_line(std::string_view line);
    void forget_excess();
    void move_to_front();

    std::size_t longest_bytes_;
    std::vector<char> bytes_;
    std::vector<Message> batch_;
    std::size_t batch_begin_ = 0;  ///< first byte that the batch may point at
    std::size_t line_begin_ = 0;   ///< first byte of the line that is not yet whole
    std::size_t searched_ = 0;     ///< no line end between `line_begin_` and here
    std::size_t end_ = 0;
    std::uint64_t number_ = 0;  ///< lines so far
    Clock::time_point arrived_{};
};

}  // namespace tessera::feed
