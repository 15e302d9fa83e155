#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "group_table.hpp"
#include "pack_keys.hpp"

// Two ways to number groups 0, 1, 2, ... so that their counts can be kept in plain arrays.
namespace tessera::query {

/// Packed keys up to this long are their own numbers: the arrays of all of them still fit the L2 cache.
inline constexpr unsigned most_bits_of_a_number = 16;

/// A group's packed key is its number.
class DirectNumbers {
  public:
    explicit DirectNumbers(unsigned key_bits) : key_bits_(key_bits) {}

    std::size_t size() const { return std::size_t{1} << key_bits_; }
    GroupKey key_of(std::size_t number) const { return group_key_of(std::uint64_t{number}, key_bits_); }
    void number_rows(core::TripTable const& trips, std::vector<Key> const& keys, RowBlock const& block,
                     PerRow<std::uint32_t>& numbers) {
        pack_keys(trips, keys, block, numbers);
    }

  private:
    unsigned key_bits_;
};

/// Groups are numbered as they turn up. Packed is std::uint64_t or GroupKey.
template <class Packed>
class FoundNumbers {
  public:
    explicit FoundNumbers(unsigned key_bits) : key_bits_(key_bits) {}

    std::size_t size() const { return table_.keys().size(); }
    GroupKey key_of(std::size_t number) const { return group_key_of(table_.keys()[number], key_bits_); }
    void number_rows(core::TripTable const& trips, std::vector<Key> const& keys, RowBlock const& block,
                     PerRow<std::uint32_t>& numbers) {
        PerRow<Packed> packed;
        pack_keys(trips, keys, block, packed);
        for (std::size_t i = 0; i < block.size(); ++i)
            numbers[i] = table_.number_of(packed[i]);
    }

  private:
    unsigned key_bits_;
    GroupTable<Packed> table_;
};

}  // namespace tessera::query
