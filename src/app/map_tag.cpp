#include "tessera/app/map_tag.hpp"

#include <fmt/format.h>

#include <cstring>
#include <span>
#include <string_view>

#include "version.hpp"

namespace tessera::app {
namespace {

/// To be raised when the same trips are drawn in other colours.
constexpr std::uint64_t drawing_version = 1;

/// FNV-1a of 64 bits: not against anybody, but against chance.
class Digest {
  public:
    void add(void const* data, std::size_t bytes) {
        auto const* const from = static_cast<unsigned char const*>(data);
        for (std::size_t i = 0; i < bytes; ++i)
            state_ = (state_ ^ from[i]) * 0x100000001b3;
    }
    void add(std::uint64_t number) { add(&number, sizeof number); }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        add(text.data(), text.size());
    }
    template <class T>
    void add_all(std::vector<T> const& values) {
        static_assert(std::has_unique_object_representations_v<T>);
        add(std::uint64_t{values.size()});
        add(values.data(), values.size() * sizeof(T));
    }
    std::uint64_t value() const { return state_; }

  private:
    std::uint64_t state_ = 0xcbf29ce484222325;
};

std::string text_of(std::optional<core::WallTime> time) {
    return time ? fmt::format("{}", time->count) : "-";
}

}  // namespace

std::uint64_t digest_of(store::OpenStore const& store) {
    Digest digest;
    digest.add(program_name_and_version);
    digest.add(drawing_version);
    store::StoreHeader const& header = store.header;
    digest.add(header.program);
    for (std::uint64_t const number :
         {std::uint64_t{header.format_version}, header.trips, header.tile_trips, std::uint64_t{header.longest_trip_s}})
        digest.add(number);
    digest.add(&header.region, sizeof header.region);
    geo::TileTable const& tiles = store.tiles;
    digest.add_all(tiles.key);
    digest.add_all(tiles.level);
    digest.add_all(tiles.first_trip);
    digest.add_all(tiles.pickup_box);
    digest.add_all(tiles.dropoff_box);
    digest.add_all(tiles.first_time);
    digest.add_all(tiles.last_time);
    for (core::FileLedger const& file : header.ledger) {
        digest.add(file.name);
        digest.add(file.format);
        digest.add(file.bytes);
        digest.add(&file.counts, sizeof file.counts);
    }
    return digest.value();
}

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
    Digest digest;
    digest.add(fmt::format("{} {} {} {} {}", tile.zoom, tile.x, tile.y, tile.size,
                           words_of(question.filter, question.measure)));
    return fmt::format("\"{:016x}-{:016x}\"", store_digest, digest.value());
}

}  // namespace tessera::app
