#pragma once
#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "sort_lanes.hpp"

namespace tessera::query {

/// The k least of the numbers that it was shown, in order, in lanes: one more goes to its place without a branch, by
/// as many instructions whatever k is. Numbers are not negative. Shape: 1 <= k <= 32.
class LeastNumbers {
  public:
    static constexpr std::size_t most_k = 2 * vector_lanes;

    explicit LeastNumbers(std::size_t k) : two_(k > vector_lanes) {
        // The lanes that are not wanted hold what nothing is below, so that the k-th stands in the last one.
        auto const unwanted = static_cast<std::int32_t>((two_ ? most_k : vector_lanes) - k);
        low_ = lane_numbers < unwanted ? below_all - Floats{} : above_all - Floats{};
        high_ = above_all - Floats{};
    }
    /// Of thirty-two numbers.
    LeastNumbers(std::size_t k, std::array<float, most_k> const& numbers) : two_(k > vector_lanes) {
        Floats low, high;
        std::memcpy(&low, numbers.data(), sizeof low);
        std::memcpy(&high, numbers.data() + vector_lanes, sizeof high);
        sort_lanes(low, high);
        alignas(64) float lanes[2 * most_k];
        std::size_t const unwanted = (two_ ? most_k : vector_lanes) - k;
        store(lanes, below_all - Floats{});
        store(lanes + vector_lanes, below_all - Floats{});
        store(lanes + unwanted, low);
        store(lanes + unwanted + vector_lanes, high);
        std::memcpy(&low_, lanes, sizeof low_);
        std::memcpy(&high_, lanes + vector_lanes, sizeof high_);
    }

    void add(float number) {
        Floats const one = number - Floats{};
        if (two_) {
            Floats const carried = larger(low_[vector_lanes - 1] - Floats{}, one);
            high_ = lesser(high_, larger(moved_up(high_), carried));
        }
        low_ = lesser(low_, larger(moved_up(low_), one));
    }

    /// The k-th least; infinite while there are fewer.
    float kth() const { return two_ ? high_[vector_lanes - 1] : low_[vector_lanes - 1]; }

  private:
    static constexpr float below_all = -1, above_all = std::numeric_limits<float>::infinity();

    /// Each number a lane higher; the lowest lane gets what nothing is below.
    template <int... Lane>
    __attribute__((always_inline)) static Floats moved_up(Floats const& numbers, std::integer_sequence<int, Lane...>) {
        return __builtin_shufflevector(below_all - Floats{}, numbers, 0, (static_cast<int>(vector_lanes) + Lane)...);
    }
    __attribute__((always_inline)) static Floats moved_up(Floats const& numbers) {
        return moved_up(numbers, std::make_integer_sequence<int, static_cast<int>(vector_lanes) - 1>());
    }

    __attribute__((always_inline)) static void store(float* to, Floats const& numbers) {
        std::memcpy(to, &numbers, sizeof numbers);
    }

    bool two_;
    Floats low_;
    Floats high_;
};

}  // namespace tessera::query
