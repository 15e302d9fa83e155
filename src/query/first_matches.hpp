#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "tessera/query/match.hpp"

namespace tessera::query {

/// Keeps the first `limit` (0: all) of the matches it is given, in twice that much memory at most.
class FirstMatches {
  public:
    explicit FirstMatches(std::uint64_t limit) : limit_(limit == 0 ? unlimited : limit) {}

    /// Whether a match of that pick-up time may still be among the first.
    bool wants(core::WallTime time) const { return time <= latest_; }
    void add(Match const& match) {
        matches_.push_back(match);
        if (matches_.size() / 2 >= limit_) drop_the_rest();
    }
    /// The matches that were kept, in order.
    std::vector<Match> take() {
        if (matches_.size() > limit_) drop_the_rest();
        std::sort(matches_.begin(), matches_.end());
        return std::move(matches_);
    }

  private:
    static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

    void drop_the_rest() {
        auto const last_kept = matches_.begin() + static_cast<std::ptrdiff_t>(limit_ - 1);
        std::nth_element(matches_.begin(), last_kept, matches_.end());
        latest_ = last_kept->pickup_time;
        matches_.resize(limit_);
    }

    std::uint64_t limit_;
    core::WallTime latest_{std::numeric_limits<std::uint32_t>::max()};  ///< of the kept, once `limit` were found
    std::vector<Match> matches_;
};

}  // namespace tessera::query
