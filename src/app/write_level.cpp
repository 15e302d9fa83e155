#include <fmt/format.h>

#include <ostream>

#include "pyramid.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/report/color_map.hpp"
#include "tessera/report/png.hpp"
#include "tessera/report/write_file.hpp"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

/// Progress is shown after so many tiles.
constexpr std::size_t tiles_a_turn = 256;

/// The tile that a pixel is in.
query::GridPlace tile_of(query::TalliedPixel const& pixel, unsigned tile_bits) {
    return query::place_of(pixel.key >> (2 * tile_bits));
}

fs::path folder_of(fs::path const& folder, std::uint32_t zoom, query::GridPlace tile) {
    return folder / std::to_string(zoom) / std::to_string(tile.column);
}

/// The folders of some tiles, which other ranks may make as well.
void make_folders(std::vector<query::TalliedPixel> const& pixels, std::vector<std::size_t> const& cuts,
                  unsigned tile_bits, std::uint32_t zoom, fs::path const& folder) {
    std::uint64_t last = std::uint64_t{1} << 32;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        query::GridPlace const tile = tile_of(pixels[cuts[i]], tile_bits);
        if (tile.column == last) continue;  // as the one before
        last = tile.column;
        std::error_code error;
        fs::create_directories(folder_of(folder, zoom, tile), error);
        if (error)
            throw core::DataError(core::describe({folder_of(folder, zoom, tile).string(), 0, "", ""},
                                                 "cannot be made: " + error.message(), "free some room"));
    }
}

report::Picture paint(std::span<query::TalliedPixel const> pixels, query::MapQuestion const& question,
                      report::MapScale const& scale) {
    std::uint32_t const size = question.tile.size;
    report::Picture picture{size, size, std::vector<std::uint8_t>(std::size_t{size} * size)};
    for (query::TalliedPixel const& pixel : pixels) {
        query::GridPlace const place = query::place_of(pixel.key);
        picture.pixels[std::size_t{place.row % size} * size + place.column % size] =
            scale.color_of(query::value_of(pixel.tally, question.measure));
    }
    return picture;
}

}  // namespace

ZoomSize write_level(PyramidPlan const& plan, PyramidLevel const& level, report::MapScale const& scale,
                     fs::path const& folder, Progress& progress) {
    auto const& pixels = level.pixels();
    unsigned const tile_bits = plan.tile_bits();
    auto const cuts = query::cut_tiles(pixels, tile_bits);
    std::size_t const tiles = cuts.size() - 1;
    make_folders(pixels, cuts, tile_bits, level.zoom(), folder);
    report::ColorMap const colors = report::make_ember();
    query::MapQuestion const question = plan.at(level.zoom());
    std::uint64_t bytes = 0;
    for (std::size_t first = 0; first < tiles; first += tiles_a_turn) {
        core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic) reduction(+ : bytes)
        for (std::size_t i = first; i < std::min(tiles, first + tiles_a_turn); ++i)
            keeper.run([&] {
                std::span const mine = std::span(pixels).subspan(cuts[i], cuts[i + 1] - cuts[i]);
                query::GridPlace const tile = tile_of(mine.front(), tile_bits);
                auto const png = report::encode_clear_png(paint(mine, question, scale), colors);
                auto const path = folder_of(folder, level.zoom(), tile) / fmt::format("{}.png", tile.row);
                report::replace_file(path, [&](std::ostream& out) {
                    out.write(reinterpret_cast<char const*>(png.data()), static_cast<std::streamsize>(png.size()));
                });
                bytes += png.size();
            });
        keeper.rethrow();
        progress.show(fmt::format("drawing zoom {}", level.zoom()), std::min(tiles, first + tiles_a_turn), tiles);
    }
    return {tiles, bytes};
}

}  // namespace tessera::app
