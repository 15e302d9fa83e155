#include "request_windows.hpp"

#include <algorithm>
#include <array>

#include "tessera/core/civil_time.hpp"

namespace tessera::synth {
namespace {

constexpr std::size_t kinds = 6;

/// Of a hundred windows, by Operation and WindowKind: none, a quarter of an hour, an hour, six hours, a day, a week.
constexpr std::array<std::array<std::uint32_t, kinds>, operation_count> percents{
    {{20, 0, 40, 0, 25, 15}, {0, 20, 40, 20, 20, 0}, {30, 0, 0, 0, 40, 30}}};

/// Of windows, by WindowKind: how long they are, and what they begin on a multiple of.
struct Shape {
    std::int64_t seconds, step;
};
constexpr std::int64_t minute = 60, hour = 3600, day = core::seconds_per_day;
constexpr std::array<Shape, kinds> shapes{
    {{0, minute}, {15 * minute, minute}, {hour, minute}, {6 * hour, minute}, {day, day}, {7 * day, day}}};

}  // namespace

WindowKind draw_window_kind(RandomStream& random, Operation operation) {
    std::uint32_t dice = random.below(100);
    auto const& percent = percents[static_cast<std::size_t>(operation)];
    std::size_t kind = 0;
    while (dice >= percent[kind])
        dice -= percent[kind++];
    return static_cast<WindowKind>(kind);
}

std::optional<TimeSpan> draw_window(RandomStream& random, WindowKind kind, core::WallTime time, TimeSpan span) {
    Shape const shape = shapes[static_cast<std::size_t>(kind)];
    double const dice = random.uniform();
    if (kind == WindowKind::none) return std::nullopt;
    std::int64_t const first = span.from.count, last = span.to.count;
    if (last - first <= shape.seconds) return span;
    // The step that has the time is any step of the window.
    auto const steps_before = static_cast<std::int64_t>(dice * static_cast<double>(shape.seconds / shape.step));
    std::int64_t const wish = time.count / shape.step * shape.step - steps_before * shape.step;
    std::int64_t const from = std::clamp(wish, first, last - shape.seconds);
    return TimeSpan{core::WallTime{static_cast<std::uint32_t>(from)},
                    core::WallTime{static_cast<std::uint32_t>(from + shape.seconds)}};
}

}  // namespace tessera::synth
