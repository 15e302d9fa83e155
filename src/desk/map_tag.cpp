#include "tessera/desk/map_tag.hpp"

#include <fmt/format.h>

#include "tessera/core/digest.hpp"

namespace tessera::desk {
namespace {

std::string text_of(std::optional<core::WallTime> time) {
    return time ? fmt::format("{}", time->count) : "-";
}

}  // namespace

std::string words_of(query::Filter const& filter, query::Measure measure) {
    std::string words = fmt::format("{} {} {} {}", query::name_of(measure), text_of(filter.from), text_of(filter.to),
                                    filter.on == query::End::pickup ? "pickup" : "dropoff");
    for (core::Source const source : {core::Source::yellow, core::Source::green, core::Source::uber})
        words += filter.sources.has(source) ? " 1" : " 0";
    if (geo::Box const* const box = filter.box ? &*filter.box : nullptr)
        words += fmt::format(" {} {} {} {}", box->west, box->south, box->east, box->north);
    return words;
}

std::string etag_of(std::uint64_t store_digest, query::MapQuestion const& question) {
    query::MapTile const& tile = question.tile;
    core::Digest digest;
    digest.add(drawing_version);
    digest.add(fmt::format("{} {} {} {} {}", tile.zoom, tile.x, tile.y, tile.size,
                           words_of(question.filter, question.measure)));
    return fmt::format("\"{:016x}-{:016x}\"", store_digest, digest.value());
}

}  // namespace tessera::desk
