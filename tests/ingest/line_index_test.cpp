#include "tessera/ingest/line_index.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "harness/seed.hpp"
#include "tessera/ingest/list_separators.hpp"

namespace tessera::ingest {
namespace {

using Fields = std::vector<std::string>;

/// The lines that end in a text, each as its fields, found a character at a time.
std::vector<Fields> slow_lines(std::string const& text, char line_end) {
    std::vector<Fields> lines;
    Fields fields(1);
    for (char const c : text) {
        if (c == line_end) {
            lines.push_back(std::move(fields));
            fields = Fields(1);
        } else if (c == ',') {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return lines;
}

std::vector<Fields> lines_of(LineIndex const& index, std::string const& text) {
    std::vector<Fields> lines;
    for (std::size_t i = 0; i < index.lines(); ++i) {
        auto const line = index.line(i);
        Fields& fields = lines.emplace_back();
        for (std::size_t f = 0; f < line.fields; ++f) {
            fields.push_back(text.substr(line.begin(f), std::size_t{line.end(f)} - line.begin(f)));
        }
        EXPECT_EQ(line.begin(), line.begin(0));
        EXPECT_EQ(text[line.end()], text[index.bytes() - 1]) << "a line's end";
    }
    return lines;
}

TEST(LineIndex, FindsWhatASlowOneFinds) {
    std::mt19937_64 random(harness::seed());
    LineIndex index;  // one for all: nothing of the text before is left
    for (int i = 0; i < 3000; ++i) {
        char const line_end = i % 5 == 0 ? '\r' : '\n';
        std::size_t const length = i % 100 == 0 ? LineIndex::most_bytes : random() % 700;
        std::uint64_t const rare = 1 + random() % 60;
        std::string text;
        while (text.size() < length) {
            constexpr char letters[] = ",,,,\n\r\"x7-\x80\xac\x8a";
            text += random() % rare == 0 ? letters[random() % (sizeof letters - 1)] : 'a';
        }
        index.look_at(text, line_end);
        auto const wanted = slow_lines(text, line_end);
        ASSERT_EQ(lines_of(index, text), wanted) << "text " << i;
        ASSERT_EQ(index.quotes(), text.find('"') != std::string::npos);
        ASSERT_EQ(index.bytes(), text.find(line_end) == std::string::npos ? 0 : text.rfind(line_end) + 1);
    }
}

TEST(LineIndex, HoldsATextOfSeparatorsAlone) {
    LineIndex index;
    index.look_at(std::string(LineIndex::most_bytes, ','), '\n');
    EXPECT_EQ(index.lines(), 0U);
    EXPECT_EQ(index.bytes(), 0U);
    index.look_at(std::string(LineIndex::most_bytes, '\n'), '\n');
    EXPECT_EQ(index.lines(), LineIndex::most_bytes);
    EXPECT_EQ(index.bytes(), LineIndex::most_bytes);
    index.look_at("", '\n');
    EXPECT_EQ(index.lines(), 0U);
}

TEST(ListSeparators, EveryWayListsTheSame) {
#ifdef TESSERA_FOR_512
    if (!can_compress()) GTEST_SKIP() << "this processor has one way only";
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 1000; ++i) {
        std::string text(64 * (1 + random() % 4), 'a');
        std::uint64_t const rare = 1 + random() % 20;
        for (char& c : text)
            if (random() % rare == 0) c = ",,,\n\""[random() % 5];
        std::array<LineIndex::Offset, 400> ends{}, other_ends{}, line_ends{}, other_line_ends{};
        auto const found = list_separators(text.data(), 640, text.size() / 64, '\n', {ends.data(), line_ends.data()});
        auto const other = list_separators_compressing(text.data(), 640, text.size() / 64, '\n',
                                                       {other_ends.data(), other_line_ends.data()});
        auto const list = [](auto const& all, std::size_t n) { return std::vector(all.begin(), all.begin() + n); };
        ASSERT_EQ(list(ends, found.count), list(other_ends, other.count));
        ASSERT_EQ(list(line_ends, found.lines), list(other_line_ends, other.lines));
        ASSERT_EQ(found.quotes != 0, other.quotes != 0);
    }
#endif
}

}  // namespace
}  // namespace tessera::ingest
