#pragma once
#include <bit>
#include <cstdint>
#include <vector>

#include "key_layout.hpp"

namespace tessera::query {

inline std::uint64_t hash_of(std::uint64_t key) {
    return key * 0x9E37'79B9'7F4A'7C15U;
}  // 2^64 / golden ratio
inline std::uint64_t hash_of(GroupKey const& key) {
    return hash_of(hash_of(hash_of(key[0]) + key[1]) + key[2]);
}

/// Numbers the packed keys that it meets 0, 1, 2, ...: open addressing with linear probing, at most half full.
template <class Packed>
class GroupTable {
  public:
    GroupTable() { make_room(std::size_t{1} << 8); }

    /// The keys by number.
    std::vector<Packed> const& keys() const { return keys_; }

    /// The key's number, a new one where the key is new.
    std::uint32_t number_of(Packed const& key) {
        Slot* slot = find(key);
        if (slot->number_plus_one == 0) slot = add(key);
        return slot->number_plus_one - 1;
    }

  private:
    struct Slot {
        Packed key{};
        std::uint32_t number_plus_one = 0;  ///< 0: free
    };

    /// The key's slot, or the free one where it belongs.
    Slot* find(Packed const& key) {
        std::size_t at = hash_of(key) >> shift_;  // a product's high bits depend on all bits of the key
        while (slots_[at].number_plus_one != 0 && slots_[at].key != key)
            at = (at + 1) & (slots_.size() - 1);
        return &slots_[at];
    }
    Slot* add(Packed const& key) {
        if (2 * keys_.size() >= slots_.size()) make_room(2 * slots_.size());
        keys_.push_back(key);
        Slot* const slot = find(key);
        *slot = {key, static_cast<std::uint32_t>(keys_.size())};
        return slot;
    }
    void make_room(std::size_t size) {
        slots_.assign(size, Slot{});
        shift_ = 64 - std::countr_zero(size);
        std::uint32_t number = 0;
        for (Packed const& key : keys_)
            *find(key) = {key, ++number};
    }

    std::vector<Packed> keys_;
    std::vector<Slot> slots_;
    int shift_ = 0;
};

}  // namespace tessera::query
