#include "block_search.hpp"
#include "block_walk.hpp"
#include "tessera/core/wide.hpp"
#include "tessera/geo/hilbert.hpp"
#include "time_window.hpp"
#include "walk_steps.hpp"

namespace tessera::query {
namespace {

void add(Looked& to, Looked const& more) {
    to.tiles += more.tiles;
    to.rows += more.rows;
}

/// Without a window, where the place is far from all trips: along the curve of the question's end, from the top.
TESSERA_WIDE_WHOLE
void walk_from_top(RowOrder const& order, PlaneSearch& search) {
    BlockWalk(order.box, search).walk([&](std::size_t block) { search.look_through(block); });
}

std::optional<std::vector<Neighbour>> find_on_plane(TripIndex const& index, NearestQuestion const& question,
                                                    Looked& looked) {
    RowOrder const& order = index.curve(question.filter.on);
    if (order.blocks() == 0) return std::vector<Neighbour>{};
    {
        PlaneSearch search(index, order, question);
        walk_through(CurveWalk(order, group_at(order, geo::hilbert_key(question.at)), search));
        add(looked, search.looked());
        if (!search.failed()) return search.take();
    }
    PlaneSearch search(index, order, question);
    walk_from_top(order, search);
    add(looked, search.looked());
    return search.take();
}

std::optional<std::vector<Neighbour>> find_in_slabs_on_plane(TripIndex const& index, RowRange some,
                                                             NearestQuestion const& question, Looked& looked) {
    TimeSlabs const& slabs = index.slabs(question.filter.on);
    PlaneSearch search(index, slabs.order, question);
    walk_through(SlabWalk(slabs, some, question.filter, search));
    add(looked, search.looked());
    return search.take();
}

std::vector<Neighbour> find_in_slabs(TripIndex const& index, RowRange blocks, NearestQuestion const& question,
                                     Looked& looked) {
    BlockSearch search(index, BlockRows(index.slabs(question.filter.on)), question);
    search.look_through(blocks);
    add(looked, search.looked());
    return search.take();
}

std::vector<Neighbour> find_by_dropoff(TripIndex const& index, NearestQuestion const& question, Looked& looked) {
    BlockSearch search(index, BlockRows(index.curve(End::dropoff)), question);
    search.look_through_all(index.dropoff_tower());
    add(looked, search.looked());
    return search.take();
}

/// With a window: in the slabs that it touches, if they are few; else the tiles' own order by time is the better way.
std::optional<std::vector<Neighbour>> find_in_window(TripIndex const& index, NearestQuestion const& question,
                                                     Looked& looked) {
    TimeSlabs const& slabs = index.slabs(question.filter.on);
    RowRange const some = slabs_in_window(slabs, question.filter);
    if (some.first == some.last) return std::vector<Neighbour>{};
    RowRange const blocks = slabs.blocks_of(some);
    if (blocks.last - blocks.first > SlabWalk::most_blocks) return std::nullopt;
    std::optional<std::vector<Neighbour>> nearest;
    if (PlaneSearch::suits(question)) nearest = find_in_slabs_on_plane(index, some, question, looked);
    return nearest ? std::move(nearest) : find_in_slabs(index, blocks, question, looked);
}

}  // namespace

std::vector<Neighbour> find_nearest(TripIndex const& index, NearestQuestion const& question, Looked& looked) {
    if (question.k == 0 || TimeWindow(question.filter).empty()) return {};
    Filter const& filter = question.filter;
    bool const has_window = filter.from || filter.to;
    std::optional<std::vector<Neighbour>> nearest;
    if (has_window)
        nearest = find_in_window(index, question, looked);
    else if (PlaneSearch::suits(question))
        nearest = find_on_plane(index, question, looked);
    if (nearest) return std::move(*nearest);
    if (filter.on == End::dropoff) return find_by_dropoff(index, question, looked);
    return index.nearest_pickup().find(question, &looked);
}

}  // namespace tessera::query
