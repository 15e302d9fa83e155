#include "seal.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <fstream>

#include "harness/seed.hpp"
#include "pieces.hpp"
#include "query/random_tiles.hpp"
#include "resealed.hpp"
#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

using query::testing::pick;
using query::testing::Random;

TEST(Checksum, IsThatOfZlib) {
    Random random(harness::seed());
    std::string bytes(5000, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(pick(random, 0, 255));
    for (std::size_t const size : {0, 1, 7, 64, 511, 4096, 5000}) {
        auto const* data = reinterpret_cast<Bytef const*>(bytes.data());
        EXPECT_EQ(crc_of(data, size), ::crc32(0, data, static_cast<uInt>(size)));
        EXPECT_EQ(crc_of(data + size / 3, size - size / 3, crc_of(data, size / 3)), crc_of(data, size));
    }
}

TEST(Pieces, ATileIsOneOrSeveral) {
    std::vector<std::uint64_t> const first_trip{0, 10, 10 + piece_rows, 20 + 3 * piece_rows, 21 + 3 * piece_rows};
    PieceStarts const starts = cut_pieces(first_trip);
    EXPECT_EQ(starts, (PieceStarts{0, 10, 10 + piece_rows, 10 + 2 * piece_rows, 10 + 3 * piece_rows,
                                   20 + 3 * piece_rows, 21 + 3 * piece_rows}));
    EXPECT_EQ(count_pieces(first_trip), starts.size() - 1);
    EXPECT_EQ(cut_pieces(std::vector<std::uint64_t>{0}), PieceStarts{0});
    EXPECT_EQ(count_pieces(std::vector<std::uint64_t>{0, std::uint64_t{1} << 60}), std::uint64_t{1} << 44);
    for (std::size_t piece = 0; piece + 1 < starts.size(); ++piece) {
        EXPECT_EQ(piece_of(starts, starts[piece]), piece);
        EXPECT_EQ(piece_of(starts, starts[piece + 1] - 1), piece);
    }
}

TEST(Pieces, AreReadWholeAndOnce) {
    PieceStarts const starts{0, 10, 20, 30, 40};
    auto const whole = [&](std::vector<RowRange> const& ranges) { return whole_pieces(starts, ranges); };
    EXPECT_EQ(whole({{3, 4}}), (std::vector<RowRange>{{0, 10}}));
    EXPECT_EQ(whole({{3, 4}, {5, 6}, {9, 10}}), (std::vector<RowRange>{{0, 10}}));
    EXPECT_EQ(whole({{9, 11}, {12, 13}, {39, 40}}), (std::vector<RowRange>{{0, 20}, {30, 40}}));
    EXPECT_EQ(whole({{5, 6}, {7, 21}}), (std::vector<RowRange>{{0, 10}, {10, 30}}));
    EXPECT_EQ(whole({{20, 30}, {35, 35}}), (std::vector<RowRange>{{20, 30}}));
    EXPECT_EQ(whole({}), std::vector<RowRange>{});
}

/// A file with two columns in it, and the seal that it got.
class Sealed : public ::testing::Test {
  protected:
    Sealed() {
        Random random(harness::seed());
        for (char& byte : bytes_)
            byte = static_cast<char>(pick(random, 0, 255));
        write(bytes_);
        write_seal(path_, 2, {{2000, 2500}, {1000, 1100}}, bytes_.size());
        bytes_ = read();
    }
    ~Sealed() override { std::remove(path_.c_str()); }
    void write(std::string const& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
    std::string read() const {
        std::string bytes(bytes_.size(), '\0');
        std::ifstream(path_, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return bytes;
    }
    /// Why these bytes are no good; empty where they are.
    std::string fault_of(std::string const& bytes) const {
        write(bytes);
        DirectFile const file(path_);
        if (beginning_of(file) != Beginning::seal) return "no seal";
        try {
            check_seal(file);
        } catch (core::DataError const& error) {
            return error.what();
        }
        return "";
    }

    std::string bytes_ = std::string(3000, '\0');
    std::string path_ = ::testing::TempDir() + "tessera_seal_test." + std::to_string(::getpid());
};

TEST_F(Sealed, FitsItsFile) {
    EXPECT_EQ(fault_of(bytes_), "");
    EXPECT_EQ(testing::resealed(bytes_), bytes_) << "zlib, and another reading of the layout, come to the same";
}

TEST_F(Sealed, EveryByteThatIsNoColumnsCounts) {
    for (std::size_t at = 0; at < bytes_.size(); ++at) {
        std::string changed = bytes_;
        changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
        bool const in_column = (at >= 1000 && at < 1100) || (at >= 2000 && at < 2500);
        EXPECT_EQ(fault_of(changed).empty(), in_column) << "byte " << at;
    }
}

TEST_F(Sealed, SoDoesTheLength) {
    EXPECT_NE(fault_of(bytes_.substr(0, 2999)).find("cut short"), std::string::npos);
    EXPECT_NE(fault_of(bytes_.substr(0, 511)).find("cut short"), std::string::npos);
    EXPECT_EQ(fault_of(bytes_.substr(0, 5)), "no seal");
    EXPECT_NE(fault_of(bytes_ + "x").find("it has 3001 bytes and had 3000"), std::string::npos);
}

TEST_F(Sealed, HoldsSoManySpans) {
    std::vector<ByteSpan> columns;
    for (std::uint64_t i = 0; i < 29; ++i)
        columns.push_back({600 + 20 * i, 610 + 20 * i});
    write_seal(path_, 2, columns, bytes_.size());
    EXPECT_EQ(fault_of(read()), "");
    columns.push_back({2000, 2001});
    EXPECT_THROW(write_seal(path_, 2, columns, bytes_.size()), core::DataError);
}

TEST_F(Sealed, Hdf5IsKnownByWhereItSaysThatItBegan) {
    std::string hdf5 = std::string("\x89HDF\r\n\x1a\n", 8) + std::string(500, '\0');
    write(hdf5);
    EXPECT_EQ(beginning_of(DirectFile(path_)), Beginning::hdf5);
    hdf5[25] = 2;  // 512, as of one that was behind a seal
    write(hdf5);
    EXPECT_EQ(beginning_of(DirectFile(path_)), Beginning::other);
}

}  // namespace
}  // namespace tessera::store
