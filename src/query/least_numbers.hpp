#pragma once
#include <cstddef>
#include <limits>
#include <utility>

#include "sort_lanes.hpp"

namespace tessera::query {

/// The k least of the numbers that it was shown, in order, in lanes: one more goes to its place without a branch, by
/// as many instructions whatever k is. Numbers are not negative. Shape: 1 <= k <= 32.
class LeastNumbers {
  public:
    static constexpr std::size_t most_k = 2 * vector_lanes;

    explicit LeastNumbers(std::size_t k) : k_(k), low_(above_all - Floats{}), high_(above_all - Floats{}) {}
    /// Of thirty-two numbers.
    LeastNumbers(std::size_t k, Floats const& some, Floats const& others) : k_(k), low_(some), high_(others) {
        sort_lanes(low_, high_, k > vector_lanes);
    }

    void add(float number) {
        Floats const one = number - Floats{};
        if (k_ > vector_lanes) {
            Floats const carried = larger(low_[vector_lanes - 1] - Floats{}, one);
            high_ = lesser(high_, larger(moved_up(high_), carried));
        }
        low_ = lesser(low_, larger(moved_up(low_), one));
    }

    /// The k-th least; infinite while there are fewer.
    float kth() const { return k_ > vector_lanes ? high_[k_ - vector_lanes - 1] : low_[k_ - 1]; }

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

    std::size_t k_;
    Floats low_;   ///< the sixteen least
    Floats high_;  ///< the next; of use only where k is larger
};

}  // namespace tessera::query
