#include "tessera/synth/generate_requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "block_rounds.hpp"
#include "tessera/core/error.hpp"
#include "tessera/synth/request_text.hpp"

namespace tessera::synth {

void generate_requests(RequestRecipe const& recipe, Scenes const& scenes, ByteSink const& sink) {
    constexpr std::uint64_t rows_per_block = 1024;
    struct Block {
        std::vector<char> bytes = std::vector<char>(rows_per_block * max_request_bytes);
        std::size_t used = 0;
    };
    if (recipe.count > max_requests) {
        throw core::UsageError(
            fmt::format("{} requests (one list has at most {}) write several lists", recipe.count, max_requests));
    }
    RequestMaker const maker(scenes, recipe.mix, recipe.seed);
    make_in_rounds<Block>((recipe.count + rows_per_block - 1) / rows_per_block,
                          [&](Block& block, std::uint64_t index) {
                              std::uint64_t const first = index * rows_per_block,
                                                  last = std::min(recipe.count, first + rows_per_block);
                              char* out = block.bytes.data();
                              for (std::uint64_t row = first; row < last; ++row)
                                  out = write_request(out, row, maker.make(row));
                              block.used = static_cast<std::size_t>(out - block.bytes.data());
                          },
                          [&](Block const& block, std::uint64_t) {
                              sink({block.bytes.data(), block.used});
                          });
}

}  // namespace tessera::synth
