#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/ingest/input_file.hpp"

namespace tessera::ingest {

/// Bytes [begin, end) of a file's text. Whoever has the range owns the lines that start in it.
struct ByteRange {
    std::size_t file = 0;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    friend bool operator==(ByteRange const&, ByteRange const&) = default;
};

/// What one rank reads.
struct Share {
    std::vector<ByteRange> plain;   ///< at most one range a file, in the order of files
    std::vector<std::size_t> gzip;  ///< whole files: a gzip stream has no way in but its start
};

/// Local. The shares of all ranks: gzip files go one by one, the largest first, to the rank with the least to do; the
/// bodies of the plain files, one after the other, are cut so that all ranks have the same work in the end. Every byte
/// of every body is in exactly one share.
std::vector<Share> share_out(std::span<InputFile const> files, int ranks);

}  // namespace tessera::ingest
