#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "describe.hpp"
#include "harness/seed.hpp"
#include "random_questions.hpp"
#include "tessera/geo/great_circle.hpp"
#include "tessera/request/rank_reach.hpp"

namespace tessera::request::testing {

using Ranks = std::vector<std::uint8_t>;

/// Some trips in tiles, and the rank that owns each of them.
struct Scene {
    geo::LoadedTiles loaded;
    std::vector<std::size_t> cuts;
    std::vector<StoredTrip> trips;
    std::vector<std::size_t> rank_of;  ///< of each trip

    Scene(geo::LoadedTiles tiles, std::vector<std::size_t> runs)
        : loaded(std::move(tiles)), cuts(std::move(runs)), trips(stored_trips(loaded)) {
        for (std::size_t rank = 0; rank < ranks(); ++rank)
            rank_of.insert(rank_of.end(), loaded.tiles.first_trip[cuts[rank + 1]] - loaded.tiles.first_trip[cuts[rank]],
                           rank);
    }
    std::size_t ranks() const { return cuts.size() - 1; }
};

inline Scene make_scene(Random& random) {
    auto loaded = query::testing::tile_up(query::testing::make_trips(random, make_mix(random, 1500)),
                                          static_cast<std::size_t>(pick(random, 1, 80)));
    auto cuts = make_cuts(random, loaded.tiles.size(), static_cast<std::size_t>(pick(random, 1, 12)));
    return {std::move(loaded), std::move(cuts)};
}

/// The oracle: the ranks that own a trip of the answer, found by looking at every trip.
inline Ranks ranks_with_answers(Scene const& scene, Question const& question) {
    query::Filter const& filter = filter_of(question);
    auto const* const nearest = std::get_if<query::NearestQuestion>(&question);
    std::vector<std::tuple<double, core::FileId, core::LineNumber, std::size_t>> found;
    for (std::size_t i = 0; i < scene.trips.size(); ++i) {
        core::Trip const& trip = scene.trips[i].trip;
        if (!query::testing::matches(filter, trip)) continue;
        geo::Point const end = query::testing::point_of(trip, filter.on);
        if (nearest != nullptr && !query::is_known(end)) continue;
        double const metres = nearest != nullptr ? geo::great_circle_metres(nearest->at, end) : 0;
        if (nearest != nullptr && nearest->within_metres && metres > *nearest->within_metres) continue;
        found.emplace_back(metres, trip.file, trip.line, i);
    }
    std::sort(found.begin(), found.end());
    if (nearest != nullptr && found.size() > nearest->k) found.resize(nearest->k);
    Ranks ranks(scene.ranks(), 0);
    for (auto const& [metres, file, line, i] : found)
        ranks[scene.rank_of[i]] = 1;
    return ranks;
}

inline std::size_t count(Ranks const& ranks) {
    return std::accumulate(ranks.begin(), ranks.end(), std::size_t{0});
}

/// Twelve ranks, 6,000 trips of the city in equal shares.
inline Scene make_city() {
    Random random(harness::seed());
    auto loaded = query::testing::tile_up(query::testing::make_trips(random, {.trips = 6000, .odd_values = false}), 20);
    std::vector<std::size_t> cuts;
    for (std::size_t rank = 0; rank <= 12; ++rank)
        cuts.push_back(rank * loaded.tiles.size() / 12);
    return {std::move(loaded), std::move(cuts)};
}

}  // namespace tessera::request::testing
