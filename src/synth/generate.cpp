#include "tessera/synth/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "block_rounds.hpp"
#include "tessera/core/error.hpp"
#include "tessera/synth/row_text.hpp"
#include "tessera/synth/trip_maker.hpp"

namespace tessera::synth {
namespace {

constexpr std::uint64_t rows_per_block = 4096;
constexpr std::uint64_t flaw_salt = 0x666c6177;

/// A run of rows as bytes; its memory is used again for later runs.
struct Block {
    std::vector<char> bytes;
    std::size_t used = 0;
    GeneratedCounts counts;
};

/// The header with its blank lines, in the recipe's line ends.
std::string header_of(TripRecipe const& recipe, GeneratedCounts& counts) {
    std::string header = recipe.byte_order_mark ? "\xEF\xBB\xBF" : "";
    for (char const c : recipe.layout->header) {
        if (c == '\n') ++counts.lines;
        if (!recipe.lone_cr) {
            header += c;
        } else if (c != '\r') {
            header += c == '\n' ? '\r' : c;
        }
    }
    counts.blank_lines = counts.lines - 1;
    return header;
}

/// Makes the rows of one file, block by block.
class BlockWriter {
  public:
    explicit BlockWriter(TripRecipe const& recipe)
        : layout_(*recipe.layout),
          trips_(recipe.trips),
          seed_(recipe.seed),
          line_end_(recipe.lone_cr ? "\r" : layout_.line_end),
          blank_line_(recipe.lone_cr ? "\r" : "\n"),
          lone_cr_line_(recipe.lone_cr ? "\r" : "\r\n"),
          maker_(layout_, recipe.span.value_or(whole_month(layout_.year, layout_.month)), trips_, seed_),
          plan_(layout_.source, seed_, recipe.dirty),
          text_(layout_) {}

    std::string_view line_end() const { return line_end_; }
    std::uint64_t block_count() const { return (trips_ + rows_per_block - 1) / rows_per_block; }

    void write(Block& block, std::uint64_t index) const {
        block.used = 0;
        block.counts = {};
        std::uint64_t const first = index * rows_per_block, last = std::min(trips_, first + rows_per_block);
        for (std::uint64_t row = first; row < last; ++row) {
            if (block.bytes.size() - block.used < RowText::max_bytes) {
                block.bytes.resize(std::max(2 * block.bytes.size(), std::size_t{1} << 20));
            }
            char* const begin = block.bytes.data() + block.used;
            char* const end = append(write_row(begin, row, block.counts), line_end_);
            block.used += static_cast<std::size_t>(end - begin);
        }
        block.counts.rows = last - first;
        block.counts.lines = block.counts.rows + block.counts.blank_lines;
    }

  private:
    static char* append(char* out, std::string_view text) {
        std::memcpy(out, text.data(), text.size());
        return out + text.size();
    }

    char* write_row(char* out, std::uint64_t row, GeneratedCounts& counts) const {
        auto const kind = plan_.kind_of(row);
        if (!kind) return text_.write(out, maker_.make(row));
        ++counts.dirty[static_cast<std::size_t>(*kind)];
        if (*kind == DirtKind::duplicate) return text_.write(out, maker_.make(row - 1));
        if (*kind == DirtKind::blank_line || *kind == DirtKind::lone_cr_line) {
            ++counts.blank_lines;
            out = append(out, *kind == DirtKind::blank_line ? blank_line_ : lone_cr_line_);
            return text_.write(out, maker_.make(row));
        }
        TripDraft trip = maker_.make(row);
        RandomStream random(seed_ ^ flaw_salt, row);
        spoil(trip, *kind, random);
        return text_.write(out, trip, flaw_of(*kind, layout_, trip, random));
    }

    Layout const& layout_;
    std::uint64_t trips_;
    std::uint64_t seed_;
    std::string_view line_end_, blank_line_, lone_cr_line_;
    TripMaker maker_;
    DirtPlan plan_;
    RowText text_;
};

void add(GeneratedCounts& sum, GeneratedCounts const& part) {
    sum.lines += part.lines;
    sum.rows += part.rows;
    sum.blank_lines += part.blank_lines;
    for (std::size_t kind = 0; kind < dirt_kind_count; ++kind)
        sum.dirty[kind] += part.dirty[kind];
}

void check(TripRecipe const& recipe) {
    if (!recipe.layout) throw core::UsageError("a recipe without a layout (rows need one) take one from find_layout");
    if (recipe.trips > max_trips) {
        throw core::UsageError(
            fmt::format("{} trips (one file takes at most {}) write several files", recipe.trips, max_trips));
    }
}

}  // namespace

GeneratedCounts generate_trips(TripRecipe const& recipe, ByteSink const& sink) {
    check(recipe);
    BlockWriter const writer(recipe);
    GeneratedCounts counts;
    counts.source = recipe.layout->source;
    auto const give = [&](std::span<char const> bytes) {
        counts.bytes += bytes.size();
        if (!bytes.empty()) sink(bytes);
    };
    std::uint64_t const blocks = writer.block_count();
    give(header_of(recipe, counts));
    make_in_rounds<Block>(
        blocks, [&](Block& block, std::uint64_t index) { writer.write(block, index); },
        [&](Block const& block, std::uint64_t index) {
            bool const cut = !recipe.final_newline && index + 1 == blocks;
            give({block.bytes.data(), block.used - (cut ? writer.line_end().size() : 0)});
            add(counts, block.counts);
        });
    return counts;
}

}  // namespace tessera::synth
