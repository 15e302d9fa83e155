#include "tessera/ingest/rank_reader.hpp"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

#include "tessera/core/exception_keeper.hpp"
#include "tessera/ingest/gzip.hpp"

namespace tessera::ingest {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t nanoseconds_since(Clock::time_point since) {
    return std::chrono::nanoseconds(Clock::now() - since).count();
}

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

/// Memory for the text of a block, used again and again: fresh memory costs about as much as inflating into it.
struct RankReader::TextBuffer {
    std::string memory;  ///< never shrinks
    std::string_view text;
};

/// A gzip file under way: what is inflated but not parsed is the start of a line.
struct RankReader::OpenGzip {
    std::size_t file;
    GzipReader reader;
    std::string rest;
    std::uint64_t to_skip;  ///< bytes up to the end of the header line
    bool ended = false;

    /// The next whole lines, about `bytes` of them; empty at the end. Of a line that is too long, its beginning.
    void next_lines(std::uint64_t bytes, char line_end, TextBuffer& into) {
        std::string& memory = into.memory;
        std::size_t filled = rest.size(), skipped = 0;
        if (memory.size() < filled + bytes) memory.resize(filled + bytes);
        std::copy(rest.begin(), rest.end(), memory.begin());
        rest.clear();
        auto const text = [&](std::size_t from) { return std::string_view(memory).substr(from, filled - from); };
        for (bool too_long = false; !ended;) {
            if (memory.size() < filled + bytes) memory.resize(filled + bytes);
            std::size_t const got = reader.read(std::span(memory).subspan(filled, bytes));
            std::size_t from = filled;  // no line ends before
            ended = got < bytes;
            filled += got;
            std::size_t const skip = std::min<std::uint64_t>(to_skip, filled - skipped);
            skipped += skip;
            to_skip -= skip;
            if (too_long) {  // only where it ends is of interest
                std::size_t const inside = std::min(text(from).find(line_end), filled - from);
                std::copy_n(memory.data() + from + inside, filled - from - inside, memory.data() + from);
                filled -= inside;
                too_long = from == filled;
            }
            if (ended) break;
            from = std::max(from, skipped);
            std::size_t const last = text(from).rfind(line_end);
            if (last == std::string::npos) {
                too_long = too_long || filled - skipped > longest_line_bytes;
                if (too_long) filled = std::min(filled, skipped + longest_line_bytes + 1);
                continue;
            }
            rest.assign(memory, from + last + 1, filled - (from + last + 1));
            filled = from + last + 1;
            break;
        }
        into.text = text(skipped);
    }
};

/// Blocks of text on their way from the thread that inflates to those that parse.
class RankReader::TextBuffers {
  public:
    explicit TextBuffers(std::size_t count) : free_(count) {}
    /// A buffer, and whether it was the last one.
    std::pair<TextBuffer, bool> take() {
        std::lock_guard const lock(mutex_);
        TextBuffer buffer = std::move(free_.back());
        free_.pop_back();
        return {std::move(buffer), free_.empty()};
    }
    void give_back(TextBuffer buffer) {
        std::lock_guard const lock(mutex_);
        free_.push_back(std::move(buffer));
    }

  private:
    std::mutex mutex_;
    std::vector<TextBuffer> free_;
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
                auto const since = Clock::now();
                auto const lines = read_lines(ranges[i], file, buffer);
                reading_ns_ += nanoseconds_since(since);
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
    struct Block {
        TextBuffer text;
        ParsedBlock parsed;
    };
    std::deque<Block> blocks;  // a deque: tasks hold on to its elements while it grows
    core::ExceptionKeeper keeper;
    // Tasks have copies of all that they use: where inflating fails they outlive the block that made them. All are
    // plain pointers, with nothing to destroy: the runtime destroys a task's copies when the task is already over for
    // others.
    ParseOptions const* const options = &options_;
    core::FileId const id = id_of(open_->file);
    InputFile const* const of = &file;
    core::ExceptionKeeper* const keep = &keeper;
    if (!buffers_) buffers_ = std::make_unique<TextBuffers>(2 * static_cast<std::size_t>(omp_get_max_threads()) + 1);
    TextBuffers* const buffers = buffers_.get();
#pragma omp parallel
#pragma omp single
    keeper.run([&, options, id, of, keep, buffers] {
        std::uint64_t inflated = 0;
        while (inflated < text_bytes && !keeper.caught()) {
            auto [buffer, is_last] = buffers_->take();
            Block* const block = &blocks.emplace_back(Block{std::move(buffer), {}});
            auto const since = Clock::now();
            open_->next_lines(block_bytes(text_bytes), file.line_end, block->text);
            reading_ns_ += nanoseconds_since(since);
            bool const is_end = block->text.text.empty();
            inflated += block->text.text.size();
            auto const work = [=] {
                keep->run([&] { block->parsed = parse_block(block->text.text, *of, id, 1, *options); });
                buffers->give_back(std::move(block->text));
            };
            static_assert(std::is_trivially_destructible_v<decltype(work)>);
            // Who inflates faster than all others parse parses, too: what waits has left the cache.
#pragma omp task firstprivate(work) if (!is_last && !is_end)
            work();
            if (is_end) break;
        }
    });
    keeper.rethrow();
    bytes_read_ += open_->reader.bytes_consumed() - before;
    if (open_->ended && open_->rest.empty()) open_.reset();
    std::vector<ParsedBlock> parsed;
    parsed.reserve(blocks.size());
    for (Block& block : blocks)
        parsed.push_back(std::move(block.parsed));
    return parsed;
}

}  // namespace tessera::ingest
