#include <limits>

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
    BlockSearch search(index, index.slabs().order, question, ceiling_of(question));
    if (slabs.first < slabs.last) {
        geo::FlatBound const weights = search.from().flat_bound(index.slabs().box);
        for (std::size_t slab = slabs.first; slab < slabs.last; ++slab)
            search.look_through_slab(slab, weights);
    }
    return finish(search, looked);
}

/// Drop-offs lie all over the world now and then, so that one joint bound would be loose: the tower has bounds of its
/// own for each block.
std::vector<Neighbour> find_by_dropoff(TripIndex const& index, NearestQuestion const& question, Looked& looked) {
    BlockSearch search(index, index.dropoffs(), question, ceiling_of(question));
    TileWalk walk(index.dropoff_tower(), search.from(), question.filter.box);
    while (auto const block = walk.next(search.limit()))
        search.look_through(block->tile, search.from().flat_bound(index.dropoffs().box[block->tile]));
    return finish(search, looked);
}

}  // namespace

std::vector<Neighbour> find_nearest(TripIndex const& index, NearestQuestion const& question, Looked& looked) {
    if (question.k == 0) return {};
    if (question.filter.on == End::dropoff) return find_by_dropoff(index, question, looked);
    Filter const& filter = question.filter;
    if (filter.from || filter.to) {
        RowRange const slabs = slabs_in_window(index.slabs(), filter);
        if (slabs.last - slabs.first <= most_slabs) return find_in_slabs(index, slabs, question, looked);
    }
    return index.nearest_pickup().find(question, &looked);
}

}  // namespace tessera::query
