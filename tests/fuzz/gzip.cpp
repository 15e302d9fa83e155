// Compressed files, sound and broken: what zlib inflates is inflated alike, and what it refuses is refused.
#include <gtest/gtest.h>
#include <zlib.h>

#include <optional>

#include "fuzz.hpp"
#include "ingest/scratch_folder.hpp"
#include "input.hpp"
#include "tessera/core/error.hpp"
#include "tessera/ingest/gzip.hpp"

namespace tessera::fuzz {
namespace {

constexpr std::size_t most_text = 1 << 20;

/// The text of all members; nothing where zlib finds a fault. Zeros behind a member are padding.
std::optional<std::string> inflate_by_zlib(std::string bytes) {
    std::string text, piece(1 << 16, '\0');
    std::size_t at = 0;
    do {
        z_stream stream{};
        if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("inflateInit2");
        stream.next_in = reinterpret_cast<Bytef*>(bytes.data() + at);
        stream.avail_in = static_cast<uInt>(bytes.size() - at);
        int result = Z_OK;
        while (result == Z_OK && text.size() <= most_text) {
            stream.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream.avail_out = static_cast<uInt>(piece.size());
            result = ::inflate(&stream, Z_NO_FLUSH);
            text.append(piece, 0, piece.size() - stream.avail_out);
        }
        at = bytes.size() - stream.avail_in;
        ::inflateEnd(&stream);
        if (result != Z_STREAM_END) return std::nullopt;
        at = std::min(bytes.find_first_not_of('\0', at), bytes.size());
    } while (at < bytes.size());
    return text;
}

std::optional<std::string> inflate_by_reader(std::string const& bytes, std::size_t step) {
    MemoryFile const file(bytes);
    std::string text;
    try {
        ingest::GzipReader reader(file.path(), "input.gz");
        std::string piece(step, '\0');
        for (std::size_t got = step; got == step && text.size() <= most_text;) {
            got = reader.read(piece);
            text.append(piece, 0, got);
        }
        EXPECT_LE(reader.bytes_consumed(), bytes.size());
    } catch (core::DataError const&) {
        return std::nullopt;
    }
    return text;
}

}  // namespace

void try_input(std::string_view raw) {
    Input input(raw);
    bool const is_packed = input.choose(2) == 1;
    constexpr std::size_t steps[] = {1 << 20, 1, 13, 4096, 70'000};
    std::size_t const step = input.choose_of(steps);
    int const level = static_cast<int>(input.choose(10));
    std::size_t const members = 1 + input.choose(3);
    constexpr std::size_t copies[] = {1, 30, 1000};
    std::size_t const times = input.choose_of(copies);
    std::string payload, bytes;
    auto const edits = read_edits(input.body(), payload);
    if (is_packed) {
        bytes = payload;
    } else {
        std::string once = payload;
        for (std::size_t i = 1; i < times && payload.size() + once.size() < most_text / 4; ++i)
            payload += once;
        for (std::size_t i = 0; i < members; ++i)
            bytes += ingest::testing::gzip(payload, level);
    }
    apply_edits(edits, bytes);
    if (bytes.empty() || (step < 4096 && bytes.size() > 4096)) return;
    auto const wanted = inflate_by_zlib(bytes);
    auto const found = inflate_by_reader(bytes, step);
    if (wanted && wanted->size() > most_text) return;
    EXPECT_EQ(found.has_value(), wanted.has_value()) << "zlib " << (wanted ? "takes" : "refuses") << " it";
    if (found && wanted) {
        EXPECT_EQ(*found, *wanted);
    }
}

}  // namespace tessera::fuzz
