#include "tessera/ingest/gzip.hpp"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "tessera/core/error.hpp"
#include "tessera/ingest/plain_file.hpp"

namespace tessera::ingest {
namespace {

char const* reason_of(int error) {
    switch (error) {
        case ISAL_INVALID_BLOCK:
            return "invalid block";
        case ISAL_INVALID_SYMBOL:
            return "invalid symbol";
        case ISAL_INVALID_LOOKBACK:
            return "invalid distance";
        case ISAL_INVALID_WRAPPER:
            return "invalid header";
        case ISAL_UNSUPPORTED_METHOD:
            return "unknown method";
        case ISAL_INCORRECT_CHECKSUM:
            return "wrong checksum";
        default:
            return "inflate failed";
    }
}

}  // namespace

// ISA-L inflates several times as fast as zlib, and has code for x86-64 and ARM.
struct GzipReader::State {
    PlainFile file;
    std::string name;
    std::vector<char> input = std::vector<char>(std::size_t{1} << 20);
    std::uint64_t offset = 0;  ///< of the next byte to read from the file
    inflate_state stream{};

    State(std::string const& path, std::string shown) : file(path, shown), name(std::move(shown)) {
        isal_inflate_init(&stream);
        stream.crc_flag = ISAL_GZIP;
    }
    State(State const&) = delete;
    State& operator=(State const&) = delete;

    bool is_member_over() const { return stream.block_state == ISAL_BLOCK_FINISH; }

    /// Makes input available; false at the end of the file.
    bool refill() {
        if (stream.avail_in > 0) return true;
        std::size_t const got = file.read(offset, input);
        offset += got;
        stream.next_in = reinterpret_cast<std::uint8_t*>(input.data());
        stream.avail_in = static_cast<std::uint32_t>(got);
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
        isal_inflate_reset(&stream);
        stream.crc_flag = ISAL_GZIP;
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
        if (s.is_member_over() && !s.start_next_member()) break;
        bool const any_input = s.refill();  // without any, what was read ahead may still be to come
        std::size_t const room = std::min<std::size_t>(text.size() - filled, std::numeric_limits<std::int32_t>::max());
        s.stream.next_out = reinterpret_cast<std::uint8_t*>(text.data() + filled);
        s.stream.avail_out = static_cast<std::uint32_t>(room);
        int const result = isal_inflate(&s.stream);
        std::size_t const got = room - s.stream.avail_out;
        filled += got;
        if (result < 0) s.fail(std::string("the gzip data is corrupt: ") + reason_of(result));
        if (!any_input && got == 0 && !s.is_member_over()) s.fail("the gzip data is cut short");
    }
    return filled;
}

std::uint64_t GzipReader::bytes_consumed() const {
    return state_->offset - state_->stream.avail_in;
}

}  // namespace tessera::ingest
