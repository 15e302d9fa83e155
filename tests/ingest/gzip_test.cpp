#include "tessera/ingest/gzip.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/seed.hpp"
#include "scratch_folder.hpp"
#include "tessera/core/error.hpp"

namespace tessera::ingest {
namespace {

using testing::gzip;

class Gzip : public ::testing::Test {
  protected:
    /// All text, read in pieces of that size.
    std::string inflate(std::string const& bytes, std::size_t piece = 1 << 16) {
        GzipReader reader(folder_.write("f.gz", bytes), "f.gz");
        std::string text, buffer(piece, '\0');
        for (;;) {
            std::size_t const got = reader.read(buffer);
            text.append(buffer, 0, got);
            if (got < piece) break;
        }
        EXPECT_EQ(reader.bytes_consumed(), bytes.size());
        return text;
    }
    std::string error_of(std::string const& bytes) {
        try {
            inflate(bytes);
        } catch (core::DataError const& error) {
            EXPECT_NE(std::string(error.what()).find("f.gz"), std::string::npos) << error.what();
            return error.what();
        }
        return "none";
    }
    testing::ScratchFolder folder_;
};

std::string random_text(std::size_t length) {
    std::mt19937_64 random(harness::seed());
    std::string text(length, '\0');
    for (char& c : text)
        c = static_cast<char>("0123456789.,-\n"[random() % 14]);
    return text;
}

TEST_F(Gzip, InflatesInPiecesOfAnySize) {
    std::string const text = random_text(10'000);
    for (std::size_t const piece : {1U, 2U, 7U, 4096U, 9999U, 10'000U, 10'001U})
        EXPECT_EQ(inflate(gzip(text), piece), text) << piece;
    EXPECT_EQ(inflate(gzip("")), "");
}

TEST_F(Gzip, InflatesMoreThanItsBuffer) {
    std::string const text = random_text(3 << 20);
    EXPECT_EQ(inflate(gzip(text, 0), 100'000), text);  // stored: the file is as long as the text
}

TEST_F(Gzip, MembersFollowOneAnother) {
    EXPECT_EQ(inflate(gzip("a\nb") + gzip("c\n") + gzip("") + gzip("d")), "a\nbc\nd");
    EXPECT_EQ(inflate(gzip("abc") + gzip("def"), 3), "abcdef") << "a piece that ends where a member does";
}

TEST_F(Gzip, ZerosAfterwardsArePadding) {
    EXPECT_EQ(inflate(gzip("abc") + std::string(5000, '\0')), "abc");
    EXPECT_EQ(inflate(gzip("abc") + std::string(3, '\0') + gzip("def")), "abcdef");
}

TEST_F(Gzip, EveryCutIsNoticed) {
    std::string const bytes = gzip(random_text(300));
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_NE(error_of(bytes.substr(0, length)).find("cut short"), std::string::npos) << length;
    std::string const two = bytes + gzip("abc");
    for (std::size_t length = bytes.size() + 1; length < two.size(); ++length)
        EXPECT_NE(error_of(two.substr(0, length)), "none") << length;
}

TEST_F(Gzip, EveryChangedByteIsNoticed) {
    std::string const bytes = gzip(random_text(300));
    for (std::size_t at = 10; at < bytes.size(); ++at) {  // the ten bytes before hold a date and other remarks
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        EXPECT_NE(error_of(changed), "none") << at;
    }
}

TEST_F(Gzip, WhatIsNoGzipIsCorrupt) {
    EXPECT_NE(error_of("plain text, and long enough").find("corrupt"), std::string::npos);
    EXPECT_NE(error_of(gzip("abc") + "trailing text").find("corrupt"), std::string::npos);
    EXPECT_THROW(GzipReader(folder_.path("missing.gz"), "missing.gz"), core::DataError);
}

}  // namespace
}  // namespace tessera::ingest
