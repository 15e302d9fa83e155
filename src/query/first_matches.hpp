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
        return sort_by_time(matches_);
    }

  private:
    static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

    /// Times and places in one number each sort quicker than matches; those of the same second are put in order then.
    static std::vector<Match> sort_by_time(std::vector<Match> const& matches) {
        std::vector<std::pair<core::WallTime, std::size_t>> places(matches.size());
        for (std::size_t i = 0; i < matches.size(); ++i)
            places[i] = {matches[i].pickup_time, i};
        std::sort(places.begin(), places.end());
        std::vector<Match> sorted(matches.size());
        std::size_t same_second = 0;
        for (std::size_t i = 0; i < matches.size(); ++i) {
            sorted[i] = matches[places[i].second];
            bool const last = i + 1 == matches.size() || places[i + 1].first != places[i].first;
            if (!last) continue;
            if (i > same_second)
                std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(same_second),
                          sorted.begin() + static_cast<std::ptrdiff_t>(i + 1));
            same_second = i + 1;
        }
        return sorted;
    }

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
