#include "tessera/ingest/rank_reader.hpp"

#include <omp.h>

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "tessera/core/exception_keeper.hpp"
#include "tessera/ingest/gzip.hpp"

namespace tessera::ingest {
namespace {

/// Text that one thread parses at a time: short enough that it is still in the cache when it is parsed, long enough
/// that few chunks of rows end half empty.
std::uint64_t block_bytes(std::uint64_t round_bytes) {
    auto const threads = static_cast<std::uint64_t>(omp_get_max_threads());
    return std::clamp<std::uint64_t>(round_bytes / (4 * threads), std::uint64_t{64} << 10, std::uint64_t{2} << 20);
}

core::FileId id_of(std::size_t file) {
    return core::FileId{static_cast<core::FileId::Rep>(file)};
}

}  // namespace

/// A gzip file under way: what is inflated but not parsed is the start of a line.
struct RankReader::OpenGzip {
    std::size_t file;
    GzipReader reader;
    std::string rest;
    std::uint64_t to_skip;  ///< bytes up to the end of the header line
    bool ended = false;

    /// The next whole lines, about `bytes` of them; empty at the end.
    std::string next_lines(std::uint64_t bytes, char line_end) {
        std::string text = std::exchange(rest, {});
        while (!ended) {
            std::size_t const old = text.size();
            text.resize(old + bytes);
            text.resize(old + reader.read(std::span(text).subspan(old)));
            ended = text.size() < old + bytes;
            std::size_t const skipped = std::min<std::uint64_t>(to_skip, text.size());
            text.erase(0, skipped);
            to_skip -= skipped;
            if (ended) break;
            std::size_t const last = text.rfind(line_end);
            if (last == std::string::npos) continue;
            rest = text.substr(last + 1);
            text.resize(last + 1);
            break;
        }
        return text;
    }
};

RankReader::RankReader(std::span<InputFile const> files, Share share, ParseOptions options)
    : files_(files), share_(std::move(share)), options_(options), lines_(files.size(), 0) {}

RankReader::~RankReader() = default;

bool RankReader::done() const {
    return next_plain_ == share_.plain.size() && next_gzip_ == share_.gzip.size() && !open_;
}

std::vector<ParsedBlock> RankReader::read_round(std::uint64_t text_bytes) {
    auto blocks = next_plain_ < share_.plain.size() ? read_plain(text_bytes) : read_gzip(text_bytes);
    number_lines(blocks);
    return blocks;
}

/// Blocks were parsed side by side, each counting from 1; now the lines before each are known.
void RankReader::number_lines(std::vector<ParsedBlock>& blocks) {
    for (ParsedBlock& block : blocks) {
        InputFile const& file = files_[block.file.count];
        std::uint64_t& lines = lines_[block.file.count];
        shift_lines(block, lines + (file.gzip ? file.header_line : 0), file.name);
        lines += block.counts.lines;
    }
}

std::vector<ByteRange> RankReader::take_ranges(std::uint64_t text_bytes) {
    std::uint64_t const most = block_bytes(text_bytes);
    std::vector<ByteRange> ranges;
    for (std::uint64_t left = text_bytes; left > 0 && next_plain_ < share_.plain.size();) {
        ByteRange& rest = share_.plain[next_plain_];
        std::uint64_t const take = std::min({left, most, rest.end - rest.begin});
        ranges.push_back({rest.file, rest.begin, rest.begin + take});
        rest.begin += take;
        left -= take;
        bytes_read_ += take;
        if (rest.begin == rest.end) ++next_plain_;
    }
    return ranges;
}

std::vector<ParsedBlock> RankReader::read_plain(std::uint64_t text_bytes) {
    auto const ranges = take_ranges(text_bytes);
    std::vector<ParsedBlock> blocks(ranges.size());
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        std::string buffer;  // a thread's own, for all its blocks: fresh memory costs more than reading into it
#pragma omp for schedule(dynamic)
        for (std::size_t i = 0; i < ranges.size(); ++i)
            keeper.run([&] {
                InputFile const& file = files_[ranges[i].file];
                auto const lines = read_lines(ranges[i], file, buffer);
                blocks[i] = parse_block(lines, file, id_of(ranges[i].file), 1, options_);
            });
    }
    keeper.rethrow();
    return blocks;
}

/// One thread inflates, which cannot be shared; the others parse what it has inflated, and so does it in the end.
std::vector<ParsedBlock> RankReader::read_gzip(std::uint64_t text_bytes) {
    if (!open_ && next_gzip_ < share_.gzip.size()) {
        std::size_t const index = share_.gzip[next_gzip_++];
        InputFile const& file = files_[index];
        open_.reset(new OpenGzip{index, GzipReader(file.path, file.path), {}, file.body_begin});
    }
    if (!open_) return {};
    InputFile const& file = files_[open_->file];
    std::uint64_t const before = open_->reader.bytes_consumed();
    std::deque<ParsedBlock> blocks;  // a deque: tasks hold on to its elements while it grows
    core::ExceptionKeeper keeper;
    // Tasks have copies of all that they use: where inflating fails they outlive the block that made them.
    ParseOptions const* const options = &options_;
    core::FileId const id = id_of(open_->file);
    InputFile const* const of = &file;
    core::ExceptionKeeper* const keep = &keeper;
#pragma omp parallel
#pragma omp single
    keeper.run([&, options, id, of, keep] {
        std::uint64_t inflated = 0;
        while (inflated < text_bytes && !keeper.caught()) {
            auto text = std::make_shared<std::string const>(open_->next_lines(block_bytes(text_bytes), file.line_end));
            if (text->empty()) break;
            inflated += text->size();
            ParsedBlock* const block = &blocks.emplace_back();
            auto const work = [=] { keep->run([&] { *block = parse_block(*text, *of, id, 1, *options); }); };
#pragma omp task firstprivate(work)
            work();
        }
    });
    keeper.rethrow();
    bytes_read_ += open_->reader.bytes_consumed() - before;
    if (open_->ended && open_->rest.empty()) open_.reset();
    return {std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end())};
}

}  // namespace tessera::ingest
