#pragma once
#include "tessera/geo/box.hpp"
#include "tessera/synth/random_stream.hpp"
#include "tessera/synth/rhythm.hpp"

namespace tessera::synth {

/// Local. Any point of a box, which is not empty.
inline geo::Point uniform_point(RandomStream& random, geo::Box const& box) {
    auto const between = [&](std::int32_t first, std::int32_t last) {
        auto const steps = static_cast<double>(std::int64_t{last} - first + 1);
        return static_cast<std::int32_t>(first + static_cast<std::int64_t>(random.uniform() * steps));
    };
    std::int32_t const lon = between(box.west, box.east);
    return {lon, between(box.south, box.north)};
}

/// Local. Any time of a span, but rather in an hour in which people ride. Ends after a few attempts: a span may hold
/// nothing but a quiet hour.
inline core::WallTime busy_time(RandomStream& random, core::Source source, TimeSpan span) {
    auto const seconds = static_cast<double>(span.to.count - span.from.count);
    core::WallTime time{};
    for (int attempt = 0; attempt < 16; ++attempt) {
        time.count = span.from.count + static_cast<std::uint32_t>(random.uniform() * seconds);
        if (random.uniform() < Rhythm::busyness(source, time)) break;
    }
    return time;
}

}  // namespace tessera::synth
