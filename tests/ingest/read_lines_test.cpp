#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "harness/seed.hpp"
#include "scratch_folder.hpp"
#include "tessera/core/error.hpp"
#include "tessera/ingest/rank_reader.hpp"

namespace tessera::ingest {
namespace {

class ReadLines : public ::testing::Test {
  protected:
    /// A file with that body, after a header that is not looked at.
    InputFile file_of(std::string const& body, char line_end = '\n') {
        std::string const header = std::string("header") + line_end;
        InputFile file;
        file.path = folder_.write("f.csv", header + body);
        file.name = "f.csv";
        file.bytes = header.size() + body.size();
        file.body_begin = header.size();
        file.line_end = line_end;
        return file;
    }
    testing::ScratchFolder folder_;
};

/// The lines that start in [begin, end) of the body, with their ends.
std::string lines_starting_in(std::string const& body, std::uint64_t begin, std::uint64_t end, char line_end) {
    std::string lines;
    std::size_t start = 0;
    while (start < body.size()) {
        std::size_t const stop = std::min(body.find(line_end, start), body.size() - 1) + 1;
        if (start >= begin && start < end) lines += body.substr(start, stop - start);
        start = stop;
    }
    return lines;
}

void expect_each_line_once(InputFile const& file, std::string const& body, std::vector<std::uint64_t> cuts) {
    cuts.insert(cuts.end(), {0, body.size()});
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    std::string all, buffer;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        auto const lines = read_lines({0, file.body_begin + cuts[i], file.body_begin + cuts[i + 1]}, file, buffer);
        ASSERT_EQ(lines, lines_starting_in(body, cuts[i], cuts[i + 1], file.line_end))
            << "bytes " << cuts[i] << " to " << cuts[i + 1] << " of " << body.size();
        all += lines;
    }
    EXPECT_EQ(all, body);
}

std::vector<std::uint64_t> every_byte(std::string const& body) {
    std::vector<std::uint64_t> cuts(body.size());
    for (std::size_t i = 0; i < cuts.size(); ++i)
        cuts[i] = i;
    return cuts;
}

TEST_F(ReadLines, RangesOfOneByte) {
    for (char const* const body :
         {"a\n", "a", "\n", "\n\n", "ab\ncd\n", "ab\n\n\ncd", "\nab\n", "a\r\n\r\nb\r\n", "\r"})
        expect_each_line_once(file_of(body), body, every_byte(body));
    expect_each_line_once(file_of("ab\r\rc\r", '\r'), "ab\r\rc\r", every_byte("ab\r\rc\r"));
}

TEST_F(ReadLines, LinesLongerThanTheLookAhead) {
    for (std::size_t const length : {4094U, 4095U, 4096U, 4097U, 8191U, 8192U, 20'000U}) {
        std::string const body = "a\n" + std::string(length, 'x') + "\nb\n" + std::string(length, 'y');
        InputFile const file = file_of(body);
        expect_each_line_once(file, body, {1, 2, 3, 4});
        expect_each_line_once(file, body, {2, 3, length + 1, length + 2, length + 3, length + 4, length + 5});
        expect_each_line_once(file, body + "", {length / 2, length, body.size() - 1});
    }
}

std::string random_body(std::mt19937_64& random, char line_end) {
    constexpr char letters[] = "ab,\r\" ";
    std::string body;
    for (std::uint64_t lines = random() % 30; lines > 0; --lines) {
        std::uint64_t const length = random() % 12 == 0 ? random() % 12'000 : random() % 3 ? random() % 60 : 0;
        for (std::uint64_t i = 0; i < length; ++i) {
            char const c = letters[random() % (sizeof letters - 1)];
            body += c == line_end ? 'x' : c;
        }
        body += line_end;
    }
    if (!body.empty() && random() % 2) body.pop_back();
    return body;
}

TEST_F(ReadLines, RandomCutsOfRandomFiles) {
    for (std::uint64_t seed = harness::seed(); seed < harness::seed() + 300; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        std::mt19937_64 random(seed);
        char const line_end = random() % 4 ? '\n' : '\r';
        std::string const body = random_body(random, line_end);
        if (body.empty()) continue;
        std::vector<std::uint64_t> cuts;
        for (std::uint64_t n = random() % 12; n > 0; --n) {
            std::uint64_t cut = random() % body.size();
            if (random() % 2) cut = body.rfind(line_end, cut) + random() % 3;  // at, or next to, a line's end
            cuts.push_back(std::min<std::uint64_t>(cut, body.size()));
        }
        expect_each_line_once(file_of(body, line_end), body, cuts);
        if (HasFatalFailure()) return;
    }
}

TEST_F(ReadLines, AFileThatShrinksIsAnError) {
    InputFile const file = file_of("a\nb\n");
    folder_.write("f.csv", "header\na\n");
    std::string buffer;
    EXPECT_THROW(read_lines({0, file.body_begin, file.bytes}, file, buffer), core::DataError);
    EXPECT_EQ(read_lines({0, file.body_begin, file.body_begin + 2}, file, buffer), "a\n");
}

}  // namespace
}  // namespace tessera::ingest
