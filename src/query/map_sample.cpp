#include "tessera/query/map_sample.hpp"

#include <type_traits>

#include "field_values.hpp"
#include "map_blocks.hpp"
#include "sample_cells.hpp"
#include "scan.hpp"
#include "tessera/core/wide.hpp"

namespace tessera::query {
namespace {

static_assert(std::is_trivially_copyable_v<MapSampleQuestion>);

/// Up to this level all pixels are drawn: in a city they are few, and most blocks of trips lie in one of them.
constexpr std::uint32_t last_whole_level = 18;
/// About so many trips at most are counted for a sample.
constexpr double trips_of_a_sample = 1 << 18;
/// One square in 256 is as thin as it gets: with fewer, chance would choose the colours of a city. The first levels
/// have so few pixels that they are thinned less.
constexpr std::uint32_t most_thinning = 4;

/// One thread's tallies.
class Sampler {
  public:
    Sampler(core::TripTable const& trips, MapBlocks const* blocks, Filter const& filter,
            MapSampleQuestion const& sample)
        : trips_(trips), blocks_(blocks), filter_(filter), sample_(sample), grid_(sample.level), cells_(sample) {}

    bool take_all(geo::Box const& box, RowRange blocks) {
        Area const area = area_of(box);
        if (!may_have(area)) return true;
        bool const is_sure = blocks_->is_sure(blocks.first) && blocks_->is_sure(blocks.last - 1);
        if (!is_sure || !area.is_pixel() || !filter_.box->contains(box)) return false;
        tallies_.add(key_of(area.first_column, area.first_row), {rows_of_blocks(blocks_->rows.order(), blocks), 0});
        return true;
    }
    void take(std::size_t block) {
        RowOrder const& order = blocks_->rows.order();
        geo::Box const box = order.box.box(block);
        Area const area = area_of(box);
        if (!may_have(area)) return;
        if (area.is_pixel() && blocks_->is_sure(block) && filter_.box->contains(box)) {
            tallies_.add(key_of(area.first_column, area.first_row), {order.size[block], 0});
            return;
        }
        Frame const frame = frame_of(box);
        for (std::uint32_t rows = blocks_->rows.matching(trips_, filter_, block); rows != 0; rows &= rows - 1) {
            std::size_t const place = block * rows_a_block + static_cast<std::size_t>(std::countr_zero(rows));
            add(order.point(trips_, frame, place), {1, 0});
        }
    }
    void take(RowBlock const& block) {
        PerRow<core::Angle> lon_room, lat_room;
        bool const by_pickup = filter_.on == End::pickup;
        auto const* const lon = block.values(by_pickup ? trips_.pickup_lon : trips_.dropoff_lon, lon_room);
        auto const* const lat = block.values(by_pickup ? trips_.pickup_lat : trips_.dropoff_lat, lat_room);
        PerRow<std::int64_t> values;
        if (is_of_field(sample_.measure)) read_values(trips_, sample_.measure.field, block, values);
        for (std::size_t i = 0; i < block.size(); ++i) {
            PixelTally tally{1, 0};
            if (is_of_field(sample_.measure)) {
                if (values[i] == no_value) continue;
                tally.sum = values[i];
            }
            add({lon[i].count, lat[i].count}, tally);
        }
    }
    std::vector<TalliedPixel> finish() { return tallies_.take(); }

  private:
    struct Area {
        std::uint32_t first_column, last_column, first_row, last_row;
        bool is_pixel() const { return first_column == last_column && first_row == last_row; }
    };
    /// The pixels of a box, as far as the map shows it.
    Area area_of(geo::Box const& box) const {
        geo::Box const all = *filter_.box;
        return {grid_.column_of(std::clamp(box.west, all.west, all.east)),
                grid_.column_of(std::clamp(box.east, all.west, all.east)),
                grid_.row_of(std::clamp(box.north, all.south, all.north)),
                grid_.row_of(std::clamp(box.south, all.south, all.north))};
    }
    bool may_have(Area const& area) const {
        return cells_.may_have(area.first_column, area.last_column, area.first_row, area.last_row);
    }
    static std::uint64_t key_of(std::uint32_t column, std::uint32_t row) { return std::uint64_t{row} << 32 | column; }
    void add(geo::Point point, PixelTally const& tally) {
        std::uint32_t const column = grid_.column_of(point.lon), row = grid_.row_of(point.lat);
        if (cells_.has(column, row)) tallies_.add(key_of(column, row), tally);
    }

    core::TripTable const& trips_;
    MapBlocks const* blocks_;
    Filter const& filter_;
    MapSampleQuestion const& sample_;
    geo::MapGrid grid_;
    SampleCells cells_;
    PixelTallies tallies_;
};

TESSERA_WIDE_WHOLE
void sample_pieces(MapBlocks const& blocks, geo::Box const& box, std::size_t first, std::size_t last,
                   Sampler& sampler) {
    for (std::size_t i = first; i < last; ++i)
        walk_map_piece(blocks, blocks.pieces[i], box, sampler);
}

}  // namespace

MapSampleQuestion sample_for(MapQuestion const& question, geo::TileTable const& all_tiles) {
    MapSampleQuestion sample{grid_of(question.tile).level(), 0, question.filter, question.measure};
    if (sample.level <= last_whole_level) return sample;
    double trips = 0;
    for (std::size_t tile = 0; tile < all_tiles.size(); ++tile)
        if (may_match(question.filter, all_tiles, tile))
            trips += share_in_window(question.filter, all_tiles, tile) * static_cast<double>(all_tiles.trips_in(tile));
    std::uint32_t const thinnest = std::min(most_thinning, sample.level - last_whole_level);
    for (; sample.thinning < thinnest && trips > trips_of_a_sample; trips /= 4)
        ++sample.thinning;
    return sample;
}

bool is_drawn(MapSampleQuestion const& sample, std::uint32_t column, std::uint32_t row) {
    return SampleCells(sample).has(column, row);
}

std::vector<TalliedPixel> count_sample(TripIndex const& index, MapSampleQuestion const& sample) {
    Filter const filter = inside(sample.filter, geo::MapGrid::world());
    core::ColumnSet const measured = columns_of(AggregateQuestion{{}, {sample.measure}, {}});
    MapPlan plan = plan_map(index, filter, measured);
    MapBlocks const* const blocks = plan.blocks ? &*plan.blocks : nullptr;
    auto const make = [&] { return Sampler(index.loaded().trips, blocks, filter, sample); };
    if (blocks != nullptr)
        return merge_tallies(scan_in_team(blocks->pieces.size(), plan.rows, make,
                                          [&](Sampler& sampler, std::size_t first, std::size_t last) {
                                              sample_pieces(*blocks, *filter.box, first, last, sampler);
                                              return std::uint64_t{0};
                                          })
                                 .parts);
    plan.access.columns.add(coordinates_of(filter.on));
    Looked looked;
    return merge_tallies(scan(index, plan.access, filter, looked, make));
}

std::vector<TalliedPixel> merge_tallies(std::vector<std::vector<TalliedPixel>> lists) {
    if (lists.size() == 1) return std::move(lists.front());
    std::size_t most = 0;
    for (auto const& list : lists)
        most += list.size();
    PixelTallies all(most);
    for (auto const& list : lists)
        for (TalliedPixel const& pixel : list)
            all.add(pixel.key, pixel.tally);
    return all.take();
}

}  // namespace tessera::query
