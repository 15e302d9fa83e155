#include "block_search.hpp"

namespace tessera::query {
namespace {

/// With more slabs in the window than this, the tiles' own order by time is the better way.
constexpr std::size_t most_slabs = 48;

std::vector<Neighbour> finish(BlockSearch& search, Looked& looked) {
    looked.tiles += search.looked().tiles;
    looked.rows += search.looked().rows;
    return search.take();
}

std::vector<Neighbour> find_in_slabs(TripIndex const& index, RowRange slabs, NearestQuestion const& question,
                                     Looked& looked) {
    TimeSlabs const& all = index.slabs(question.filter.on);
    BlockSearch search(index, all.order, question);
    for (std::size_t slab = slabs.first; slab < slabs.last; ++slab)
        search.look_through_slab(slab);
    return finish(search, looked);
}

std::vector<Neighbour> find_by_dropoff(TripIndex const& index, NearestQuestion const& question, Looked& looked) {
    BlockSearch search(index, index.dropoffs(), question);
    TileWalk walk(index.dropoff_tower(), search.from(), question.filter.box);
    while (auto const block = walk.next(search.limit()))
        search.look_through(block->tile);
    return finish(search, looked);
}

}  // namespace

std::vector<Neighbour> find_nearest(TripIndex const& index, NearestQuestion const& question, Looked& looked) {
    if (question.k == 0) return {};
    Filter const& filter = question.filter;
    if (filter.from || filter.to) {
        RowRange const slabs = slabs_in_window(index.slabs(filter.on), filter);
        if (slabs.last - slabs.first <= most_slabs) return find_in_slabs(index, slabs, question, looked);
    }
    if (filter.on == End::dropoff) return find_by_dropoff(index, question, looked);
    return index.nearest_pickup().find(question, &looked);
}

}  // namespace tessera::query
