#include "tessera/geo/hilbert.hpp"

#include <array>
#include <utility>

namespace tessera::geo {
namespace {

// Inside each quadrant the curve is the same, but mirrored through the centre (flip) or along the diagonal (swap).
// The two commute, so that two bits say how the curve lies, and a level changes them by exclusive or.
constexpr unsigned flip = 1;
constexpr unsigned swap = 2;

struct Step {
    unsigned digit;  ///< the quadrant's place on the curve, 0 to 3
    unsigned pose;   ///< flip and swap for the level below
};

constexpr Step descend(unsigned pose, unsigned x, unsigned y) {
    if (pose & flip) x ^= 1, y ^= 1;
    if (pose & swap) std::swap(x, y);
    unsigned next = pose;
    if (y == 0) next ^= swap;
    if (y == 0 && x == 1) next ^= flip;
    return {(3 * x) ^ y, next};
}

// Four levels at once: four bits of x and y and the pose give eight bits of key and the pose below. 2 KiB.
constexpr unsigned levels_a_step = 4;
struct Entry {
    std::uint8_t digits;
    std::uint8_t pose;
};
constexpr auto steps = [] {
    std::array<Entry, 4 * 256> table{};
    for (unsigned index = 0; index < table.size(); ++index) {
        unsigned pose = index >> 8, digits = 0;
        for (unsigned bit = levels_a_step; bit-- > 0;) {
            Step const step = descend(pose, (index >> (4 + bit)) & 1, (index >> bit) & 1);
            digits = digits << 2 | step.digit;
            pose = step.pose;
        }
        table[index] = {static_cast<std::uint8_t>(digits), static_cast<std::uint8_t>(pose)};
    }
    return table;
}();

/// Coordinates counted from the grid's south-western corner, -2^31 units.
constexpr std::uint32_t grid_of(std::int32_t angle) {
    return static_cast<std::uint32_t>(angle) ^ 0x8000'0000U;
}
constexpr std::int32_t angle_of(std::uint32_t grid) {
    return static_cast<std::int32_t>(grid ^ 0x8000'0000U);
}

}  // namespace

std::uint64_t hilbert_key(Point point) {
    std::uint32_t const x = grid_of(point.lon), y = grid_of(point.lat);
    std::uint64_t key = 0;
    unsigned pose = 0;
    for (unsigned shift = 32 - levels_a_step; shift + levels_a_step > 32 - deepest_level; shift -= levels_a_step) {
        Entry const entry = steps[pose << 8 | ((x >> shift) & 15) << 4 | ((y >> shift) & 15)];
        key = key << 8 | entry.digits;
        pose = entry.pose;
    }
    return key;
}

Box cell_box(std::uint64_t prefix, unsigned level) {
    std::uint32_t x = 0, y = 0;
    unsigned pose = 0;
    for (unsigned depth = 1; depth <= level; ++depth) {
        unsigned const digit = static_cast<unsigned>(prefix >> (2 * (level - depth))) & 3;
        for (unsigned quadrant = 0; quadrant < 4; ++quadrant) {
            Step const step = descend(pose, quadrant >> 1, quadrant & 1);
            if (step.digit != digit) continue;
            x |= (quadrant >> 1) << (32 - depth);
            y |= (quadrant & 1) << (32 - depth);
            pose = step.pose;
            break;
        }
    }
    std::uint32_t const last = static_cast<std::uint32_t>((std::uint64_t{1} << (32 - level)) - 1);
    return {angle_of(x), angle_of(y), angle_of(x + last), angle_of(y + last)};
}

}  // namespace tessera::geo
