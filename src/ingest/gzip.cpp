#include "tessera/ingest/gzip.hpp"

#include <zlib.h>

#include <limits>
#include <vector>

#include "tessera/core/error.hpp"
#include "tessera/ingest/plain_file.hpp"

namespace tessera::ingest {

struct GzipReader::State {
    PlainFile file;
    std::string name;
    std::vector<char> input = std::vector<char>(std::size_t{1} << 20);
    std::uint64_t offset = 0;  ///< of the next byte to read from the file
    bool in_member = true;     ///< the present member has not come to its end
    z_stream stream{};

    State(std::string const& path, std::string shown) : file(path, shown), name(std::move(shown)) {
        // 15 bits of window, and 16 for the gzip wrapper alone.
        if (inflateInit2(&stream, 15 + 16) != Z_OK) throw core::DataError(name + ": no memory to inflate");
    }
    ~State() { inflateEnd(&stream); }
    State(State const&) = delete;
    State& operator=(State const&) = delete;

    /// Makes input available; false at the end of the file.
    bool refill() {
        if (stream.avail_in > 0) return true;
        std::size_t const got = file.read(offset, input);
        offset += got;
        stream.next_in = reinterpret_cast<Bytef*>(input.data());
        stream.avail_in = static_cast<uInt>(got);
        return got > 0;
    }

    [[noreturn]] void fail(std::string const& problem) const {
        throw core::DataError(
            core::describe({name, 0, "", ""}, problem, "fetch or compress the file again (gzip -t checks it)"));
    }

    /// After a member: another one, or the end of the text. Padding with zeros counts as the end.
    bool start_next_member() {
        while (refill() && *stream.next_in == 0) {
            ++stream.next_in;
            --stream.avail_in;
        }
        if (!refill()) return false;
        if (inflateReset(&stream) != Z_OK) fail("cannot be inflated");
        in_member = true;
        return true;
    }
};

GzipReader::GzipReader(std::string path, std::string name) : state_(std::make_unique<State>(path, std::move(name))) {}
GzipReader::~GzipReader() = default;
GzipReader::GzipReader(GzipReader&&) noexcept = default;
GzipReader& GzipReader::operator=(GzipReader&&) noexcept = default;

std::size_t GzipReader::read(std::span<char> text) {
    State& s = *state_;
    std::size_t filled = 0;
    while (filled < text.size()) {
        if (!s.in_member && !s.start_next_member()) break;
        if (!s.refill()) s.fail("the gzip data is cut short");
        std::size_t const room = std::min<std::size_t>(text.size() - filled, std::numeric_limits<uInt>::max());
        s.stream.next_out = reinterpret_cast<Bytef*>(text.data() + filled);
        s.stream.avail_out = static_cast<uInt>(room);
        int const result = inflate(&s.stream, Z_NO_FLUSH);
        filled += room - s.stream.avail_out;
        if (result == Z_STREAM_END)
            s.in_member = false;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            s.fail(std::string("the gzip data is corrupt: ") + (s.stream.msg ? s.stream.msg : "inflate failed"));
    }
    return filled;
}

std::uint64_t GzipReader::bytes_consumed() const {
    return state_->offset - state_->stream.avail_in;
}

}  // namespace tessera::ingest
