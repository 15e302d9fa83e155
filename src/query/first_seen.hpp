#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "row_block.hpp"

namespace tessera::query {

/// Numbers anew, 0, 1, 2, ... in the order in which they turn up: of many groups that there could be, few have rows.
class FirstSeen {
  public:
    /// Local. Replaces the numbers of a block's rows, which are below `bound`.
    void renumber(PerRow<std::uint32_t>& numbers, std::size_t n, std::size_t bound) {
        if (new_plus_one_.size() < bound) new_plus_one_.resize(bound);
        for (std::size_t i = 0; i < n; ++i) {
            std::uint32_t& found = new_plus_one_[numbers[i]];
            if (found == 0) {
                old_.push_back(numbers[i]);
                found = static_cast<std::uint32_t>(old_.size());
            }
            numbers[i] = found - 1;
        }
    }
    std::size_t size() const { return old_.size(); }
    std::size_t old_number(std::size_t number) const { return old_[number]; }

  private:
    std::vector<std::uint32_t> new_plus_one_;
    std::vector<std::uint32_t> old_;
};

}  // namespace tessera::query
