#pragma once
#include <cstdint>

namespace tessera::synth {

/// Random numbers that depend on (seed, row) alone, so that a row is the same whichever thread makes it, and whatever
/// was made before it. Only additions, multiplications and shifts: the same numbers on every machine.
class RandomStream {
  public:
    RandomStream(std::uint64_t seed, std::uint64_t row) : state_(mix(mix(seed + step) ^ (row * row_factor))) {}

    /// 64 random bits.
    std::uint64_t bits() {
        state_ += step;
        return mix(state_);
    }
    /// From 0 to just below 1.
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    /// From 0 to `limit` - 1. Shapes: limit >= 1.
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(((bits() >> 32) * limit) >> 32); }
    /// From `first` to `last`, both included. Shapes: first <= last.
    std::int32_t between(std::int32_t first, std::int32_t last) {
        return first + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(last - first) + 1));
    }
    /// Whether something with that probability happens.
    bool happens(double probability) { return uniform() < probability; }
    /// Bell-shaped, mean 0, deviation 1, never beyond 3.5: the sum of four 16-bit numbers. A true normal needs a
    /// logarithm, whose last bit differs between machines.
    double bell() {
        std::uint64_t const b = bits();
        auto const sum = (b & 0xffff) + (b >> 16 & 0xffff) + (b >> 32 & 0xffff) + (b >> 48);
        return (static_cast<double>(sum) - 131'070.0) / 37'837.2;
    }

  private:
    static constexpr std::uint64_t step = 0x9e3779b97f4a7c15;
    static constexpr std::uint64_t row_factor = 0xd1342543de82ef95;
    /// The finishing function of SplitMix64 (Steele, Lea and Flood 2014).
    static constexpr std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    std::uint64_t state_;
};

}  // namespace tessera::synth
