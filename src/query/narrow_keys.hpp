#pragma once
#include <cstdint>
#include <vector>

#include "narrow_digits.hpp"
#include "row_block.hpp"
#include "tessera/query/aggregate.hpp"

namespace tessera::query {

/// Numbers groups by what keys usually hold, in so few bits that the numbers are places of an array: the year counted
/// from the first of the data, miles up to 126, cells within the box around all tiles. A row with a value beyond that
/// gets `no_number`, and is grouped by its full key.
class NarrowKeys {
  public:
    /// Local. For the rows of these tiles that match the filter. Where the keys take more than `most_bits`, no row has
    /// a number, and size() is 0.
    NarrowKeys(geo::TileTable const& tiles, AggregateQuestion const& question, unsigned most_bits);

    /// Numbers are below it.
    std::size_t size() const { return size_; }
    /// Local. The numbers of a block's rows. Shapes: size() > 0; block.size() entries are written.
    void number_rows(core::TripTable const& trips, RowBlock const& block, PerRow<std::uint32_t>& numbers) const;
    /// Local. The key of a group that rows are in.
    GroupKey key_of(std::size_t number) const;

  private:
    /// A key, and how its values are numbered.
    struct Digit {
        Key key;
        DigitPlace place;
        std::uint32_t least = 0;  ///< of a date's values
        CellRun across{}, up{};
    };

    static Digit make_digit(Key key, geo::TileTable const& tiles, Filter const& filter);
    static void span_dates(Digit& digit, geo::TileTable const& tiles, Filter const& filter);
    static void cut_cells(Digit& digit, geo::Box const& around);
    static void add(Digit const& digit, core::TripTable const& trips, RowBlock const& block, std::uint32_t* numbers);
    /// The digit of the full key (see key_layout.hpp).
    static std::uint64_t full_digit(Digit const& digit, std::uint32_t narrow);

    std::vector<Digit> digits_;
    std::size_t size_ = 0;
};

}  // namespace tessera::query
