#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "group_table.hpp"
#include "narrow_keys.hpp"
#include "pack_keys.hpp"

namespace tessera::query {

/// Numbers groups 0, 1, 2, ... so that their counts can be kept in plain arrays: first all that narrow keys can name,
/// then others as they turn up. Packed is std::uint64_t or GroupKey. Keeps references.
template <class Packed>
class GroupNumbers {
  public:
    GroupNumbers(NarrowKeys const& narrow, std::vector<Key> const& keys)
        : narrow_(narrow), keys_(keys), key_bits_(bits_of(keys)) {}

    std::size_t size() const { return narrow_.size() + table_.keys().size(); }
    GroupKey key_of(std::size_t number) const {
        if (number < narrow_.size()) return narrow_.key_of(number);
        return group_key_of(table_.keys()[number - narrow_.size()], key_bits_);
    }
    void number_rows(core::TripTable const& trips, RowBlock const& block, PerRow<std::uint32_t>& numbers) {
        if (narrow_.size() == 0) return look_up(trips, block, numbers);
        narrow_.number_rows(trips, block, numbers);
        if (any_without_number(numbers.data(), block.size())) number_the_rest(trips, block, numbers);
    }

  private:
    void look_up(core::TripTable const& trips, RowBlock const& block, PerRow<std::uint32_t>& numbers) {
        PerRow<Packed> packed;
        pack_keys(trips, keys_, block, packed);
        for (std::size_t i = 0; i < block.size(); ++i)
            numbers[i] = static_cast<std::uint32_t>(narrow_.size()) + table_.number_of(packed[i]);
    }
    void number_the_rest(core::TripTable const& trips, RowBlock const& block, PerRow<std::uint32_t>& numbers) {
        PerRow<std::uint16_t> places;
        std::size_t count = 0;
        for (std::size_t i = 0; i < block.size(); ++i)
            if ((numbers[i] & no_number) != 0) places[count++] = static_cast<std::uint16_t>(i);
        PerRow<std::uint32_t> rows, found;
        look_up(trips, block.pick(places, count, rows), found);
        for (std::size_t i = 0; i < count; ++i)
            numbers[places[i]] = found[i];
    }

    NarrowKeys const& narrow_;
    std::vector<Key> const& keys_;
    unsigned key_bits_;
    GroupTable<Packed> table_;
};

}  // namespace tessera::query
