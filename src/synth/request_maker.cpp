#include "tessera/synth/request_maker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "request_parts.hpp"
#include "request_windows.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {
namespace {

/// A list and a file of trips of the same seed must not throw the same dice.
constexpr std::uint64_t request_salt = 0x7265717565737473;

/// The place in a list of a source that has what is asked for: Uber has no drop-offs.
std::size_t draw_source(RandomStream& random, std::vector<core::Source> const& all, bool on_dropoff) {
    std::size_t const n = all.size();
    std::size_t place = random.below(static_cast<std::uint32_t>(n));
    for (std::size_t step = 0; step < n && on_dropoff && all[place] == core::Source::uber; ++step)
        place = (place + 1) % n;
    return place;
}

/// One request in five names a source, and one in twenty names two; the scene's own is among them.
void draw_named_sources(RequestDraft& request, RandomStream& random, std::vector<core::Source> const& all,
                        std::size_t own) {
    std::size_t const n = all.size();
    std::uint32_t const dice = random.below(100);
    std::size_t const step = n == 1 ? 0 : 1 + random.below(static_cast<std::uint32_t>(n - 1));
    if (dice >= 25) return;
    request.sources = {all[own], all[(own + step) % n]};
    request.source_count = dice < 5 && step > 0 ? 2 : 1;
}

OnWord draw_on(RandomStream& random, bool dropoffs) {
    std::uint32_t const dice = random.below(100);
    if (dice < 15) return dropoffs ? OnWord::dropoff : OnWord::unsaid;
    return dice < 25 ? OnWord::pickup : OnWord::unsaid;
}

}  // namespace

RequestMaker::RequestMaker(Scenes const& scenes, RequestMix const& mix, std::uint64_t seed)
    : scenes_(scenes), mix_(mix), seed_(seed ^ request_salt) {
    if (std::all_of(mix.weights.begin(), mix.weights.end(), [](auto weight) { return weight == 0; }))
        throw core::UsageError("a mix of nothing (all weights are 0) give one operation a weight, as in 60,25,15");
    for (std::uint32_t const weight : mix.weights)
        if (weight > largest_weight)
            throw core::UsageError(fmt::format("weight {} in a mix: at most {}", weight, largest_weight));
    if (mix.k && (*mix.k < 1 || *mix.k > largest_k))
        throw core::UsageError(fmt::format("k {}: must be from 1 to {}", *mix.k, largest_k));
}

Operation RequestMaker::draw_operation(RandomStream& random) const {
    auto const& [nearest, range, aggregate] = mix_.weights;
    std::uint32_t const dice = random.below(nearest + range + aggregate);
    if (dice < nearest) return Operation::nearest;
    return dice < nearest + range ? Operation::range : Operation::aggregate;
}

RequestDraft RequestMaker::make(std::uint64_t row) const {
    RandomStream random(seed_, row);
    auto const& frame = scenes_.frame();
    RequestDraft request;
    request.operation = draw_operation(random);
    request.on = draw_on(random, frame.dropoffs);
    bool const on_dropoff = request.on == OnWord::dropoff;
    std::size_t const own = draw_source(random, frame.sources, on_dropoff);
    draw_named_sources(request, random, frame.sources, own);
    Scene const scene = scenes_.draw(random, frame.sources[own], on_dropoff);
    WindowKind const drawn = draw_window_kind(random, request.operation);
    WindowKind const kind = mix_.window.value_or(drawn);
    request.window = draw_window(random, kind, scene.time, frame.span);
    switch (request.operation) {
        case Operation::nearest:
            fill_nearest(request, random, scene.point, frame.region);
            request.k = mix_.k.value_or(request.k);
            break;
        case Operation::range:
            fill_range(request, random, scene.point, frame.region);
            break;
        case Operation::aggregate:
            fill_aggregate(request, random, scene.point, frame.region);
            break;
    }
    return request;
}

}  // namespace tessera::synth
