#include "tessera/query/map_pixels.hpp"

#include <algorithm>

#include "block_painter.hpp"
#include "field_values.hpp"
#include "scan.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

/// One thread's pixels, by rows. 32 bits hold a count: a rank has fewer than 2^32 trips.
struct Tallies {
    std::vector<std::uint32_t> count;
    std::vector<std::int64_t> sum;
};

class RowPainter {
  public:
    RowPainter(core::TripTable const& trips, MapQuestion const& question, TilePixels const& pixels)
        : trips_(trips),
          lon_(question.filter.on == End::pickup ? trips.pickup_lon : trips.dropoff_lon),
          lat_(question.filter.on == End::pickup ? trips.pickup_lat : trips.dropoff_lat),
          measure_(question.measure),
          pixels_(pixels) {
        tallies_.count.resize(pixels.pixels());
        if (is_of_field(measure_)) tallies_.sum.resize(pixels.pixels());
    }

    void take(RowBlock const& block) {
        PerRow<core::Angle> lon_room, lat_room;
        core::Angle const* const lon = block.values(lon_, lon_room);
        core::Angle const* const lat = block.values(lat_, lat_room);
        PerRow<std::uint32_t> pixel;
        for (std::size_t i = 0; i < block.size(); ++i)
            pixel[i] = pixels_.row_of(lat[i].count) * pixels_.size + pixels_.column_of(lon[i].count);
        if (is_of_field(measure_)) return add_values(block, pixel);
        for (std::size_t i = 0; i < block.size(); ++i)
            ++tallies_.count[pixel[i]];
    }
    Tallies finish() { return std::move(tallies_); }

  private:
    void add_values(RowBlock const& block, PerRow<std::uint32_t> const& pixel) {
        PerRow<std::int64_t> values;
        read_values(trips_, measure_.field, block, values);
        for (std::size_t i = 0; i < block.size(); ++i) {
            bool const is_known = values[i] != no_value;
            tallies_.count[pixel[i]] += is_known ? 1 : 0;
            tallies_.sum[pixel[i]] += is_known ? values[i] : 0;
        }
    }

    core::TripTable const& trips_;
    std::vector<core::Angle> const& lon_;
    std::vector<core::Angle> const& lat_;
    Measure measure_;
    TilePixels const& pixels_;
    Tallies tallies_;
};

TESSERA_WIDE_WHOLE
void paint_pieces(MapBlocks const& blocks, geo::Box const& box, std::size_t first, std::size_t last,
                  BlockPainter& painter) {
    for (std::size_t i = first; i < last; ++i)
        walk_map_piece(blocks, blocks.pieces[i], box, painter);
}

/// The sum of all threads' counts; none where nothing was counted.
template <class Count>
std::vector<std::uint64_t> add_up(std::vector<std::vector<Count> const*> const& parts) {
    std::vector<std::uint64_t> total(parts.front()->size());
    for (auto const* const part : parts)
        for (std::size_t pixel = 0; pixel < total.size(); ++pixel)
            total[pixel] += static_cast<std::uint64_t>((*part)[pixel]);
    return total;
}

bool has_any(std::vector<std::uint64_t> const& count) {
    return std::any_of(count.begin(), count.end(), [](std::uint64_t n) { return n > 0; });
}

MapPixels join(std::vector<Tallies> const& parts, Measure measure) {
    std::vector<std::vector<std::uint32_t> const*> counts;
    for (Tallies const& part : parts)
        counts.push_back(&part.count);
    MapPixels pixels{add_up(counts), {}};
    if (!has_any(pixels.count)) return {};
    if (!is_of_field(measure)) return pixels;
    pixels.sum.resize(pixels.count.size());
    for (Tallies const& part : parts)
        for (std::size_t pixel = 0; pixel < pixels.sum.size(); ++pixel)
            pixels.sum[pixel] += part.sum[pixel];
    return pixels;
}

MapPixels paint_blocks(TripIndex const& index, MapPlan const& plan, Filter const& filter, TilePixels const& pixels,
                       Looked& looked) {
    MapBlocks const& blocks = *plan.blocks;
    auto const make = [&] { return BlockPainter(index.loaded().trips, blocks, filter, pixels); };
    auto const scanned =
        scan_in_team(blocks.pieces.size(), plan.rows, make, [&](auto& painter, std::size_t first, std::size_t last) {
            paint_pieces(blocks, *filter.box, first, last, painter);
            return std::uint64_t{0};
        });
    looked.tiles += blocks.pieces.size();
    looked.rows += plan.rows;
    std::vector<std::vector<std::uint32_t> const*> counts;
    for (auto const& part : scanned.parts)
        counts.push_back(&part);
    MapPixels found{add_up(counts), {}};
    return has_any(found.count) ? found : MapPixels{};
}

core::ColumnSet measured_columns(MapQuestion const& question) {
    return columns_of(AggregateQuestion{{}, {question.measure}, {}});
}

}  // namespace

MapPixels count_map_pixels(geo::LoadedTiles const& loaded, MapQuestion const& question) {
    Filter const filter = inside(question.filter, box_of(question.tile));
    if (filter.box->empty()) return {};
    Access const access = access_by_tiles(loaded, filter, columns_of(question));
    if (access.pieces.empty()) return {};
    TilePixels const pixels(question.tile);
    return join(scan(loaded, access, filter, [&] { return RowPainter(loaded.trips, question, pixels); }),
                question.measure);
}

MapPixels count_map_pixels(TripIndex const& index, MapQuestion const& question, Looked& looked) {
    Filter const filter = inside(question.filter, box_of(question.tile));
    MapPlan plan = plan_map(index, filter, measured_columns(question));
    if (plan.blocks ? plan.blocks->pieces.empty() : plan.access.pieces.empty()) return {};
    TilePixels const pixels(question.tile);
    if (plan.blocks) return paint_blocks(index, plan, filter, pixels, looked);
    plan.access.columns.add(coordinates_of(question.filter.on));
    return join(
        scan(index, plan.access, filter, looked, [&] { return RowPainter(index.loaded().trips, question, pixels); }),
        question.measure);
}

}  // namespace tessera::query
