#include "tessera/app/notes.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tessera/store/write_store.hpp"

namespace tessera::app {
namespace {

/// Drop-offs lie outside the region at times, but not farther than a taxi goes in a day: this many degrees.
constexpr std::int32_t reach = 5 * core::angle_units_per_degree;

geo::Box widen(geo::Box const& region) {
    geo::Box const world = geo::Box::world();
    return {std::max(world.west + reach, region.west) - reach, std::max(world.south + reach, region.south) - reach,
            std::min(world.east - reach, region.east) + reach, std::min(world.north - reach, region.north) + reach};
}

}  // namespace

void note_far_place(bool is_root, query::Filter const& filter, geo::Box const& region) {
    if (is_root && filter.box && !filter.box->intersects(widen(region)))
        fmt::print(stderr, "note: --box lies far outside the store's region; is its order W,S,E,N?\n");
}

void note_far_place(bool is_root, geo::Point at, geo::Box const& region) {
    if (is_root && !widen(region).contains(at))
        fmt::print(stderr, "note: --at lies far outside the store's region; is its order LON,LAT?\n");
}

void note_left_over(bool is_root, std::string const& store) {
    if (is_root && store::has_left_over(store))
        fmt::print(stderr, "note: {}.partial is what a run that was killed has left; it is written anew\n", store);
}

void note_cut_list(bool is_root, std::uint64_t listed, std::uint64_t matched) {
    if (is_root && listed < matched)
        fmt::print(stderr, "note: the first {} of {} trips; --limit 0 lists all\n", listed, matched);
}

}  // namespace tessera::app
