#include "map_parts.hpp"

#include <omp.h>

#include <algorithm>
#include <exception>

#include "tessera/core/exception_keeper.hpp"

namespace tessera::reduce {
namespace {

/// A picture of more rows than this is worth all threads; below, threads take whole pictures.
constexpr std::uint64_t rows_of_a_heavy_picture = 200'000;

void add_looked(query::Looked& to, query::Looked const& more) {
    to.tiles += more.tiles;
    to.rows += more.rows;
}

void count_pictures(query::TripIndex const& index, MapRound const& round, std::vector<std::size_t> const& mine,
                    MapCounts& counts) {
    std::vector<query::Looked> looked(round.pictures.size());
    std::vector<std::size_t> light;
    auto const count = [&](std::size_t i) {
        counts.pictures[i] = query::count_map_pixels(index, round.pictures[i], looked[i]);
    };
    for (std::size_t const i : mine) {
        query::Filter const filter = query::inside(round.pictures[i].filter, query::box_of(round.pictures[i].tile));
        index.prepare_for(filter);  // here, where all threads can take part
        bool const alone = mine.size() == 1 || omp_get_max_threads() == 1;
        if (alone || query::estimate_rows(index, filter) > rows_of_a_heavy_picture)
            count(i);
        else
            light.push_back(i);
    }
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic) if (light.size() > 1)
    for (std::size_t i = 0; i < light.size(); ++i)
        keeper.run([&] { count(light[i]); });
    keeper.rethrow();
    for (query::Looked const& one : looked)
        add_looked(counts.looked, one);
}

/// A picture's pixels: those that hold anything, or all of them.
struct Lit {
    std::vector<std::uint32_t> place;
    std::vector<std::uint32_t> count;  ///< a rank has fewer than 2^32 trips
    std::vector<std::int64_t> sum;     ///< likewise; none where no field is measured
};

Lit pack(query::MapPixels const& pixels) {
    Lit lit;
    for (std::size_t i = 0; i < pixels.count.size(); ++i) {
        if (pixels.count[i] == 0) continue;
        lit.place.push_back(static_cast<std::uint32_t>(i));
        lit.count.push_back(static_cast<std::uint32_t>(pixels.count[i]));
        if (!pixels.sum.empty()) lit.sum.push_back(pixels.sum[i]);
    }
    if (2 * lit.place.size() < pixels.count.size()) return lit;
    // Most are lit: then their places are not worth telling.
    lit.place.clear();
    lit.count.assign(pixels.count.size(), 0);
    std::transform(pixels.count.begin(), pixels.count.end(), lit.count.begin(),
                   [](std::uint64_t n) { return static_cast<std::uint32_t>(n); });
    lit.sum = pixels.sum;
    return lit;
}

void put_picture(request::WireWriter& out, query::MapPixels const& pixels) {
    Lit const lit = pack(pixels);
    out.put_list(std::span<std::uint32_t const>(lit.place));
    out.put_list(std::span<std::uint32_t const>(lit.count));
    out.put_list(std::span<std::int64_t const>(lit.sum));
}

void add_picture(request::WireReader& in, query::MapQuestion const& question, query::MapPixels& to) {
    auto const place = in.get_list<std::uint32_t>(), count = in.get_list<std::uint32_t>();
    auto const sum = in.get_list<std::int64_t>();
    if (count.empty()) return;
    std::size_t const pixels = std::size_t{question.tile.size} * question.tile.size;
    to.count.resize(pixels);
    if (!sum.empty()) to.sum.resize(pixels);
    for (std::size_t i = 0; i < count.size(); ++i) {
        std::size_t const pixel = place.empty() ? i : place[i];
        to.count[pixel] += count[i];
        if (!sum.empty()) to.sum[pixel] += sum[i];
    }
}

}  // namespace

MapCounts count_map_parts(query::TripIndex const& index, MapRound const& round, std::size_t ranks,
                          std::size_t me) noexcept {
    MapCounts counts;
    try {
        counts.pictures.resize(round.pictures.size());
        counts.samples.resize(round.samples.size());
        std::vector<std::size_t> mine;
        for (std::size_t i = 0; i < round.pictures.size(); ++i)
            if (round.touched[i * ranks + me] != 0) mine.push_back(i);
        for (std::size_t i = 0; i < round.samples.size(); ++i)
            counts.samples[i] = query::count_sample(index, round.samples[i]);
        count_pictures(index, round, mine, counts);
    } catch (std::exception const& error) {
        counts.error = error.what();
        if (counts.error.empty()) counts.error = "an error without a message";
    }
    return counts;
}

void put_map_counts(request::WireWriter& out, MapRound const& round, MapCounts const& counts, std::size_t ranks,
                    std::size_t me) {
    out.put_list(std::span<char const>(counts.error));
    if (!counts.error.empty()) return;
    out.put(counts.looked);
    for (std::size_t i = 0; i < round.pictures.size(); ++i)
        if (round.touched[i * ranks + me] != 0) put_picture(out, counts.pictures[i]);
    for (auto const& sample : counts.samples)
        out.put_list(std::span<query::TalliedPixel const>(sample));
}

void add_map_counts(request::WireReader& in, MapRound const& round, std::size_t ranks, std::size_t from,
                    MapCounts& counts) {
    auto const error = in.get_list<char>();
    if (!error.empty() && counts.error.empty()) counts.error.assign(error.begin(), error.end());
    if (!counts.error.empty()) return;
    add_looked(counts.looked, in.get<query::Looked>());
    for (std::size_t i = 0; i < round.pictures.size(); ++i)
        if (round.touched[i * ranks + from] != 0) add_picture(in, round.pictures[i], counts.pictures[i]);
    for (auto& sample : counts.samples) {
        auto const more = in.get_list<query::TalliedPixel>();
        sample.insert(sample.end(), more.begin(), more.end());
    }
}

}  // namespace tessera::reduce
