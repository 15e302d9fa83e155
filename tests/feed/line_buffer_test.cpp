// A private header of the floor: what is between bytes and lines, without the system's part.
#include "line_buffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "harness/seed.hpp"
#include "slow_lines.hpp"

namespace tessera::feed {
namespace {

using testing::Line;
using Random = std::mt19937_64;

/// How a text comes in and is taken out.
struct Pace {
    std::size_t longest_bytes;
    std::uint64_t largest_piece;
    std::uint64_t largest_most;
};

/// Copies a batch out, and reads all that a reader of it may read.
void collect(std::span<Message const> batch, std::vector<Line>& lines) {
    for (Message const& message : batch) {
        unsigned sum = 0;
        for (std::size_t i = 0; i < padding_bytes; ++i)
            sum += static_cast<unsigned char>(message.text.data()[message.text.size() + i]);
        ASSERT_LE(sum, padding_bytes * 255);
        lines.push_back({std::string(message.text), message.number, message.too_long});
    }
}

std::vector<Line> fast_lines(std::string const& text, Pace const& pace, Random& random) {
    LineBuffer buffer(pace.longest_bytes);
    std::vector<Line> lines;
    bool ended = false;
    for (std::size_t at = 0; !ended || !buffer.batch().empty();) {
        buffer.start_batch();
        std::size_t const most = 1 + random() % pace.largest_most;
        for (;;) {
            buffer.find_lines(most);
            if (buffer.batch().size() == most || ended) break;
            std::span<char> const room = buffer.room();
            if (room.empty()) break;
            std::size_t const bytes =
                std::min({text.size() - at, room.size(), std::size_t(1 + random() % pace.largest_piece)});
            std::memcpy(room.data(), text.data() + at, bytes);
            std::memset(room.data() + bytes, '\n', room.size() - bytes);  // must not be looked at
            at += bytes;
            buffer.add(bytes, Clock::now());
            if (bytes == 0) {
                buffer.end_text();
                ended = true;
            }
            if (random() % 8 == 0 && !buffer.batch().empty()) break;  // nothing more was waiting
        }
        collect(buffer.batch(), lines);
    }
    return lines;
}

std::string random_text(Random& random, std::uint64_t lines, std::uint64_t longest_bytes) {
    std::string text = random() % 3 == 0 ? "\xEF\xBB\xBF" : "";
    std::string const letters("ab{\r \t\0\xEF", 8);
    for (; lines > 0; --lines) {
        std::uint64_t const about =
            random() % 4 ? random() % 5 : longest_bytes - std::min<std::uint64_t>(longest_bytes, 4);
        for (std::uint64_t length = about + random() % 12; length > 0; --length)
            text += random() % 3 ? letters[random() % letters.size()] : ' ';
        text += random() % 4 == 0 ? "\r\n" : "\n";
    }
    if (random() % 2 && !text.empty()) text.pop_back();
    return text;
}

TEST(LineBuffer, RandomTextsInRandomPieces) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 400; ++seed) {
        Random random(seed);
        Pace const pace{random() % 30, 1 + random() % 40, 1 + random() % 6};
        std::string const text = random_text(random, random() % 60, pace.longest_bytes);
        ASSERT_EQ(fast_lines(text, pace, random), testing::slow_lines(text, pace.longest_bytes)) << "seed " << seed;
    }
}

TEST(LineBuffer, LinesAroundTheBuffersSize) {
    Random random(harness::seed());
    for (std::size_t const longest : {std::size_t{100}, std::size_t{70'000}, std::size_t{3'000'000}}) {
        std::string text;
        while (text.size() < 12'000'000)
            text += std::string(random() % 5 ? random() % 2'000 : random() % 4'000'000,
                                static_cast<char>('a' + random() % 26)) +
                    '\n';
        for (std::uint64_t const most : {1, 700, 1'000'000})
            ASSERT_EQ(fast_lines(text, {longest, 1'000'000, most}, random), testing::slow_lines(text, longest))
                << "longest " << longest << ", most " << most;
    }
}

/// The bytes that the buffer reaches over while all this comes in and nothing is handed out.
std::size_t reach_over(LineBuffer& buffer, std::string const& piece, std::size_t pieces) {
    std::vector<char const*> starts;
    buffer.start_batch();
    for (std::size_t i = 0; i < pieces; ++i) {
        std::span<char> const room = buffer.room();
        std::size_t const bytes = std::min(room.size(), piece.size());
        std::memcpy(room.data(), piece.data(), bytes);
        buffer.add(bytes, Clock::now());
        buffer.find_lines(1);
        starts.push_back(room.data() + room.size());
    }
    // Were the buffer to grow without end, each place would be a new one.
    std::sort(starts.begin(), starts.end());
    return static_cast<std::size_t>(std::unique(starts.begin(), starts.end()) - starts.begin());
}

TEST(LineBuffer, FloodsDoNotGrowIt) {
    LineBuffer endless_line(1000);
    EXPECT_LE(reach_over(endless_line, std::string(100'000, 'x'), 2000), 20U);
    LineBuffer blank_lines(1000);
    EXPECT_LE(reach_over(blank_lines, std::string(100'000, '\n'), 2000), 20U);
}

TEST(LineBuffer, ANewTextBeginsAnew) {
    LineBuffer buffer(100);
    std::vector<Line> lines;
    for (char const* const text : {"\xEF\xBB\xBF"
                                   "a\nb",
                                   "",
                                   "\xEF\xBB\xBF"
                                   "c\n"}) {
        std::memcpy(buffer.room().data(), text, std::strlen(text));
        buffer.add(std::strlen(text), Clock::now());
        buffer.find_lines(9);
        buffer.end_text();
    }
    collect(buffer.batch(), lines);
    EXPECT_EQ(lines, (std::vector<Line>{{"a", 1, false}, {"b", 2, false}, {"c", 1, false}}));
}

}  // namespace
}  // namespace tessera::feed
