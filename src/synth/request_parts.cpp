#include "request_parts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tessera::synth {
namespace {

// A town is small enough for a plane; 1e-7 degree per metre at its latitude.
constexpr double lat_units_per_metre = 1e7 / 111'195.0, lon_units_per_metre = 1e7 / 84'237.0;

struct Metres {
    double least, most;
};

/// A box with the point in its middle, cut off at the region's edge; small ones are more frequent than large ones.
geo::Box draw_box(RandomStream& random, geo::Point middle, Metres side, geo::Box const& region) {
    double const dice = random.uniform();
    double const longer = side.least + (side.most - side.least) * dice * dice;
    double const shorter = std::max(side.least, longer * (0.5 + 0.5 * random.uniform()));
    bool const wide = random.happens(0.5);
    auto const half_width = static_cast<std::int32_t>((wide ? longer : shorter) / 2 * lon_units_per_metre);
    auto const half_height = static_cast<std::int32_t>((wide ? shorter : longer) / 2 * lat_units_per_metre);
    return {std::max(middle.lon - half_width, region.west), std::max(middle.lat - half_height, region.south),
            std::min(middle.lon + half_width, region.east), std::min(middle.lat + half_height, region.north)};
}

std::uint32_t draw_k(RandomStream& random) {
    std::uint32_t const dice = random.below(100), any = 1 + random.below(50);
    return dice < 60 ? 10 : dice < 75 ? 1 : any;
}

struct Choice {
    std::uint32_t percent;
    std::string_view text;
};

template <std::size_t n>
std::string_view draw_choice(RandomStream& random, std::array<Choice, n> const& choices) {
    std::uint32_t dice = random.below(100);
    for (Choice const& choice : choices) {
        if (dice < choice.percent) return choice.text;
        dice -= choice.percent;
    }
    return {};
}

/// Keys; what is left of a hundred are tile keys.
constexpr std::array<Choice, 9> keys{{{20, R"("hour")"},
                                      {12, R"("weekday")"},
                                      {10, R"("source")"},
                                      {10, R"("payment")"},
                                      {12, R"("hour","weekday")"},
                                      {8, R"("source","hour")"},
                                      {5, R"("day")"},
                                      {4, R"("distance_mile")"},
                                      {4, R"("passengers")"}}};
constexpr std::array<Choice, 7> measures{{{30, R"("trips")"},
                                          {25, R"("trips","mean:fare")"},
                                          {15, R"("trips","p50:duration")"},
                                          {10, R"("sum:total")"},
                                          {10, R"("trips","mean:distance","p90:distance")"},
                                          {5, R"("mean:tip")"},
                                          {5, R"("trips","max:total")"}}};

}  // namespace

void fill_nearest(RequestDraft& request, RandomStream& random, geo::Point place, geo::Box const& region) {
    constexpr std::array<std::uint32_t, 4> metres{250, 500, 1000, 2000};
    request.at = place;
    request.k = draw_k(random);
    if (random.happens(0.25)) request.within_metres = metres[random.below(metres.size())];
    if (random.happens(0.05)) request.box = draw_box(random, place, {1000, 3000}, region);
}

void fill_range(RequestDraft& request, RandomStream& random, geo::Point place, geo::Box const& region) {
    constexpr std::array<std::uint32_t, 4> limits{10, 20, 50, 100};
    request.box = draw_box(random, place, {200, 3000}, region);
    request.limit = limits[random.below(limits.size())];
}

void fill_aggregate(RequestDraft& request, RandomStream& random, geo::Point place, geo::Box const& region) {
    request.by = draw_choice(random, keys);
    request.tile_level = 12 + random.below(5);
    request.measures = draw_choice(random, measures);
    geo::Box const box = draw_box(random, place, {500, 5000}, region);
    bool const whole_city = random.happens(0.1) && request.window;
    if (!whole_city) request.box = box;
    // Without a box only a tile key has a use for an end.
    if (whole_city && !request.by.empty()) request.on = OnWord::unsaid;
}

}  // namespace tessera::synth
