#include "line_source.hpp"

#include <algorithm>

#include "tessera/core/error.hpp"

namespace tessera::feed {

using std::chrono::milliseconds;

LineSource::LineSource(std::string const& place, SourceOptions const& options, StopSignal const& stop)
    : input_(place), stop_(stop), lines_(options.longest_message_bytes), passes_left_(options.repeat) {
    if (passes_left_ == 0) throw core::UsageError("requests are to be read 0 times; give 1 or more");
    if (passes_left_ > 1 && !input_.is_regular())
        throw core::UsageError("'" + place + "' is no regular file and cannot be read " + std::to_string(passes_left_) +
                               " times; write it to a file first");
}

Taken LineSource::take(std::size_t most, milliseconds patience) {
    most = std::max<std::size_t>(most, 1);
    auto const begin = Clock::now();
    bool first_look = true;
    lines_.start_batch();
    for (;; first_look = false) {
        lines_.find_lines(most);
        std::size_t const found = lines_.batch().size();
        if (ended_ || found >= most) break;
        auto const left = patience - std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
        // Blank lines without end are no reason to stay.
        if (found == 0 && left <= milliseconds(0) && !first_look) return {Taken::State::paused, {}};
        std::span<char> const room = lines_.room();
        if (room.empty()) break;
        Woken const woken = input_.wait(stop_, found > 0 ? milliseconds(0) : left);
        if (woken == Woken::stop) ended_ = true;
        if (woken == Woken::input) read(room);
        if (woken == Woken::time && found > 0) break;
    }
    return {lines_.batch().empty() ? Taken::State::ended : Taken::State::some, lines_.batch()};
}

void LineSource::read(std::span<char> room) {
    auto const piece = input_.read(room);
    pass_bytes_ += piece.bytes;
    if (piece.bytes > 0) lines_.add(piece.bytes, Clock::now());
    if (piece.is_end) end_pass();
}

void LineSource::end_pass() {
    lines_.end_text();
    --passes_left_;
    if (passes_left_ == 0 || pass_bytes_ == 0) {
        ended_ = true;
        return;
    }
    pass_bytes_ = 0;
    input_.rewind();
}

}  // namespace tessera::feed
