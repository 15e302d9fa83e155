#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/ingest/byte_range.hpp"
#include "tessera/ingest/parse_block.hpp"

namespace tessera::ingest {

/// Reads one rank's share, a round at a time, so that ranks can agree on errors, show progress and even out what they
/// hold between rounds.
class RankReader {
  public:
    /// Keeps a reference to `files`, the list of all ranks.
    RankReader(std::span<InputFile const> files, Share share, ParseOptions options);
    ~RankReader();
    RankReader(RankReader const&) = delete;
    RankReader& operator=(RankReader const&) = delete;

    bool done() const;

    /// Local, OpenMP. Parses about `text_bytes` more of text. Blocks come in the order of files and lines.
    /// Line numbers of a gzip file are final. Those of a plain file count from 1 at the first line of this rank's
    /// range: the lines before it are known to the ranks together (`lines_read`). Throws core::DataError for what
    /// cannot be read.
    std::vector<ParsedBlock> read_round(std::uint64_t text_bytes);

    /// Bytes read so far, as they lie on disk.
    std::uint64_t bytes_read() const { return bytes_read_; }
    /// Seconds that its threads spent waiting for files and inflating, one after the other, so far.
    double reading_s() const { return static_cast<double>(reading_ns_.load()) * 1e-9; }
    /// Lines read so far of each file, in this rank's range alone. Shape: one a file.
    std::vector<std::uint64_t> const& lines_read() const { return lines_; }

  private:
    struct TextBuffer;
    struct OpenGzip;
    class TextBuffers;
    std::vector<ParsedBlock> read_plain(std::uint64_t text_bytes);
    std::vector<ParsedBlock> read_gzip(std::uint64_t text_bytes);
    std::vector<ByteRange> take_ranges(std::uint64_t text_bytes);
    void number_lines(std::vector<ParsedBlock>& blocks);

    std::span<InputFile const> files_;
    Share share_;
    ParseOptions options_;
    std::size_t next_plain_ = 0;
    std::size_t next_gzip_ = 0;
    std::unique_ptr<OpenGzip> open_;
    std::unique_ptr<TextBuffers> buffers_;
    std::vector<std::uint64_t> lines_;
    std::uint64_t bytes_read_ = 0;
    std::atomic<std::int64_t> reading_ns_ = 0;
};

/// Local. The whole lines that start in a range of a plain file, read into `buffer`, which may be used again and again;
/// of a last line that is longer than longest_line_bytes, at least one byte more than that.
/// Throws core::DataError where the file cannot be read or is shorter than its range.
std::string_view read_lines(ByteRange const& range, InputFile const& file, std::string& buffer);

}  // namespace tessera::ingest
