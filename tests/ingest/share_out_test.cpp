#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "harness/seed.hpp"
#include "tessera/ingest/byte_range.hpp"

namespace tessera::ingest {
namespace {

constexpr std::uint64_t inflation = 5;  // what a gzip file's byte weighs against a plain one's

InputFile plain_file(std::uint64_t body, std::uint64_t header = 100) {
    InputFile file;
    file.bytes = header + body;
    file.body_begin = header;
    return file;
}

InputFile gzip_file(std::uint64_t bytes) {
    InputFile file;
    file.bytes = bytes;
    file.body_begin = 100'000;  // of the text: it has nothing to do with the bytes on disk
    file.gzip = true;
    return file;
}

void expect_every_byte_once(std::vector<InputFile> const& files, std::vector<Share> const& shares) {
    std::vector<std::uint64_t> next(files.size());
    std::vector<int> inflated(files.size(), 0);
    for (std::size_t f = 0; f < files.size(); ++f)
        next[f] = files[f].body_begin;
    for (Share const& share : shares) {
        for (std::size_t i = 0; i < share.plain.size(); ++i) {
            ByteRange const& range = share.plain[i];
            EXPECT_FALSE(files[range.file].gzip);
            EXPECT_EQ(range.begin, next[range.file]) << "lower ranks have the bytes before";
            EXPECT_LT(range.begin, range.end);
            next[range.file] = range.end;
            if (i == 0) continue;
            EXPECT_LT(share.plain[i - 1].file, range.file) << "one range a file, in order";
        }
        for (std::size_t const file : share.gzip)
            ++inflated[file];
    }
    for (std::size_t f = 0; f < files.size(); ++f) {
        EXPECT_EQ(next[f], files[f].gzip ? files[f].body_begin : files[f].bytes);
        EXPECT_EQ(inflated[f], files[f].gzip ? 1 : 0);
    }
}

/// Nobody has plain bytes while another rank has less to do; no gzip file would have been better with another rank.
void expect_balance(std::vector<InputFile> const& files, std::vector<Share> const& shares) {
    std::vector<std::uint64_t> packed, all, smallest;
    for (Share const& share : shares) {
        std::uint64_t sum = 0, least = share.gzip.empty() ? 0 : ~std::uint64_t{0};
        for (std::size_t const file : share.gzip) {
            sum += inflation * files[file].bytes;
            least = std::min(least, inflation * files[file].bytes);
        }
        packed.push_back(sum);
        smallest.push_back(least);
        for (ByteRange const& range : share.plain)
            sum += range.end - range.begin;
        all.push_back(sum);
    }
    std::uint64_t const least_packed = *std::min_element(packed.begin(), packed.end());
    std::uint64_t const least = *std::min_element(all.begin(), all.end());
    for (std::size_t r = 0; r < shares.size(); ++r) {
        EXPECT_LE(packed[r] - smallest[r], least_packed) << "rank " << r;
        if (shares[r].plain.empty()) continue;
        EXPECT_LE(all[r], least + shares.size()) << "rank " << r;
    }
}

void expect_good(std::vector<InputFile> const& files, int ranks) {
    SCOPED_TRACE(::testing::Message() << files.size() << " files, " << ranks << " ranks");
    auto const shares = share_out(files, ranks);
    ASSERT_EQ(shares.size(), static_cast<std::size_t>(ranks));
    expect_every_byte_once(files, shares);
    expect_balance(files, shares);
}

TEST(ShareOut, CutsAPlainFileEvenly) {
    auto const shares = share_out(std::vector{plain_file(1000)}, 4);
    for (std::size_t r = 0; r < 4; ++r)
        EXPECT_EQ(shares[r].plain, (std::vector{ByteRange{0, 100 + 250 * r, 100 + 250 * (r + 1)}}));
}

TEST(ShareOut, GivesPlainBytesToWhoInflatesLeast) {
    auto const shares = share_out(std::vector{gzip_file(100), plain_file(300), gzip_file(20)}, 3);
    EXPECT_EQ(shares[0].gzip, std::vector<std::size_t>{0});
    EXPECT_TRUE(shares[0].plain.empty()) << "it has 500 bytes to inflate";
    EXPECT_EQ(shares[1].gzip, std::vector<std::size_t>{2});
    EXPECT_EQ(shares[1].plain, (std::vector{ByteRange{1, 100, 200}}));
    EXPECT_EQ(shares[2].plain, (std::vector{ByteRange{1, 200, 400}}));
}

TEST(ShareOut, WorksAtTheEdges) {
    for (int const ranks : {1, 2, 3, 7, 64}) {
        expect_good({}, ranks);
        expect_good({plain_file(1)}, ranks);
        expect_good({plain_file(5), plain_file(1), plain_file(1)}, ranks);
        expect_good({gzip_file(1)}, ranks);
        expect_good({gzip_file(10), gzip_file(10), gzip_file(10)}, ranks);
        expect_good({plain_file(0), plain_file(3), plain_file(0)}, ranks);
        expect_good({plain_file(std::uint64_t{1} << 50), gzip_file(std::uint64_t{1} << 48)}, ranks);
    }
}

TEST(ShareOut, RandomMixtures) {
    std::mt19937_64 random(harness::seed());
    for (int i = 0; i < 2000 && !::testing::Test::HasFailure(); ++i) {
        SCOPED_TRACE(::testing::Message() << "mixture " << i);
        std::uint64_t const largest = std::uint64_t{1} << (random() % 36);
        std::vector<InputFile> files;
        for (std::uint64_t n = random() % 9; n > 0; --n) {
            std::uint64_t const bytes = 1 + random() % largest;
            files.push_back(random() % 3 == 0 ? gzip_file(bytes) : plain_file(bytes, random() % 500));
        }
        expect_good(files, 1 + static_cast<int>(random() % 20));
    }
}

}  // namespace
}  // namespace tessera::ingest
