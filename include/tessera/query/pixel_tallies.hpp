#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "tessera/query/map_tile.hpp"

namespace tessera::query {

/// A pixel of a grid that is not held as a picture, and what it holds.
struct TalliedPixel {
    std::uint64_t key = 0;  ///< which pixel, as the maker of the list numbers them
    PixelTally tally;
    friend bool operator==(TalliedPixel const&, TalliedPixel const&) = default;
};

/// Tallies of those few pixels of a huge grid that hold anything: a hash table with open addressing, for the keys of
/// trips along a curve, which come again soon or never.
class PixelTallies {
  public:
    /// With room for so many pixels. Who adds what another table gave must have room for it: in the order of a table,
    /// keys would crowd at the front of a smaller one.
    explicit PixelTallies(std::size_t pixels = 0) {
        while (slots_.size() < 2 * pixels)
            grow();
    }
    /// Shape: the key is not 2^64 - 1.
    void add(std::uint64_t key, PixelTally const& tally) {
        if (2 * used_ >= slots_.size()) grow();
        slot_of(key).tally += tally;
    }
    std::size_t size() const { return used_; }
    /// Local. The pixels, in no order that means anything.
    std::vector<TalliedPixel> take() {
        std::vector<TalliedPixel> pixels;
        pixels.reserve(used_);
        for (TalliedPixel const& slot : slots_)
            if (slot.key != nobody) pixels.push_back(slot);
        *this = PixelTallies();
        return pixels;
    }

  private:
    static constexpr std::uint64_t nobody = std::numeric_limits<std::uint64_t>::max();

    TalliedPixel& slot_of(std::uint64_t key) {
        std::size_t place = (key * 0x9e3779b97f4a7c15) >> shift_;
        while (slots_[place].key != key) {
            if (slots_[place].key == nobody) {
                slots_[place].key = key;
                ++used_;
                break;
            }
            place = (place + 1) & (slots_.size() - 1);
        }
        return slots_[place];
    }
    void grow() {
        constexpr std::size_t least_slots = 1024;
        std::vector<TalliedPixel> const old = std::move(slots_);
        slots_.assign(old.empty() ? least_slots : 2 * old.size(), {nobody, {}});
        shift_ = 64 - static_cast<unsigned>(std::countr_zero(slots_.size()));
        used_ = 0;
        for (TalliedPixel const& slot : old)
            if (slot.key != nobody) slot_of(slot.key).tally = slot.tally;
    }

    std::vector<TalliedPixel> slots_;
    std::size_t used_ = 0;
    unsigned shift_ = 0;
};

}  // namespace tessera::query
