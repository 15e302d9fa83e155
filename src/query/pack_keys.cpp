#include "pack_keys.hpp"

#include <algorithm>

#include "calendar.hpp"
#include "tessera/core/civil_time.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::query {
namespace {

// Function objects, not functions, so that each loop over a column is compiled with its own arithmetic inside. They
// divide down to hours first: what is left are remainders by small numbers, which need no long multiplication.
constexpr auto hour_of = [](core::WallTime time) { return time.count / 3600 % 24; };
constexpr auto hour_of_week = [](core::WallTime time) {
    constexpr std::uint32_t monday_to_epoch = 3 * 24;  // 1970-01-01 was a Thursday
    return (time.count / 3600 + monday_to_epoch) % (7 * 24);
};

/// Whole miles, rounded half away from zero, in unsigned arithmetic that no distance overflows.
constexpr auto mile_of = [](core::Centimiles distance) {
    bool const negative = distance.count < 0;
    auto const bits = static_cast<std::uint32_t>(distance.count);
    std::uint32_t const miles = ((negative ? 0U - bits : bits) + 50) / 100;
    constexpr auto zero = static_cast<std::uint32_t>(-least_mile);
    auto const digit = negative ? zero - miles : zero + miles;
    return is_known(distance) ? digit : static_cast<std::uint32_t>(all_ones(mile_bits));
};

template <class Packed>
void push(Packed& packed, unsigned bits, Packed digit) {
    packed = packed << bits | digit;
}
void push(GroupKey& packed, unsigned bits, std::uint64_t digit) {
    packed = shift_up(packed, bits);
    packed.back() |= digit;
}

/// Packs the keys of one block, one key after the other, each in a tight loop of its own.
template <class Packed>
class Packer {
  public:
    using Digit = std::conditional_t<std::is_same_v<Packed, GroupKey>, std::uint64_t, Packed>;

    Packer(core::TripTable const& trips, RowBlock const& block, PerRow<Packed>& packed)
        : trips_(trips), block_(block), packed_(packed) {
        std::fill_n(packed_.begin(), block.size(), Packed{});
    }

    void add(Key key) {
        bits_ = bits_of(key);
        switch (key.kind) {
            case KeyKind::source:
                return push_each(trips_.source, [](core::Source s) { return unsigned(s); });
            case KeyKind::vendor:
                return push_each(trips_.vendor, [](core::Code c) { return c.count; });
            case KeyKind::payment:
                return push_each(trips_.payment, [](core::Code c) { return c.count; });
            case KeyKind::rate:
                return push_each(trips_.rate, [](core::Code c) { return c.count; });
            case KeyKind::passengers:
                return push_each(trips_.passengers, [](core::Passengers p) { return p.count; });
            case KeyKind::year:
                return push_days([](CalendarDay date) { return date.year; });
            case KeyKind::month:
                return push_days([](CalendarDay date) { return date.month; });
            case KeyKind::day:
                return push_days([](CalendarDay date) { return date.day; });
            case KeyKind::hour:
                return push_times(hour_of);
            case KeyKind::weekday:
                return push_days([](CalendarDay date) { return date.weekday; });
            case KeyKind::hour_of_week:
                return push_times(hour_of_week);
            case KeyKind::distance_mile:
                return push_each(trips_.distance, mile_of);
            case KeyKind::pickup_tile:
                return push_tiles(End::pickup, key.level);
            case KeyKind::dropoff_tile:
                return push_tiles(End::dropoff, key.level);
        }
    }

  private:
    /// Pushes the digit of each value of a column.
    template <class T, class DigitOf>
    void push_each(std::vector<T> const& column, DigitOf digit_of) {
        PerRow<T> room;
        push_values(block_.values(column, room), digit_of);
    }
    template <class DigitOf>
    void push_times(DigitOf digit_of) {
        PerRow<core::WallTime> room;
        push_values(block_.pickup_times(trips_, room), digit_of);
    }
    template <class T, class DigitOf>
    void push_values(T const* values, DigitOf digit_of) {
        for (std::size_t i = 0; i < block_.size(); ++i)
            push(packed_[i], bits_, Digit{digit_of(values[i])});
    }

    /// Pushes what the calendar says of each pick-up's day.
    template <class DigitOf>
    void push_days(DigitOf digit_of) {
        auto const days = calendar();
        push_times([&](core::WallTime time) { return digit_of(days[time.count / core::seconds_per_day]); });
    }

    void push_tiles(End on, unsigned level) {
        std::uint64_t const unknown = all_ones(bits_);
        for (std::size_t i = 0; i < block_.size(); ++i) {
            geo::Point const point = end_of(trips_, on, block_.row(i));
            std::uint64_t const cell = geo::prefix_of(geo::hilbert_key(point), level);
            push(packed_[i], bits_, static_cast<Digit>(is_known(point) ? cell : unknown));
        }
    }

    core::TripTable const& trips_;
    RowBlock const& block_;
    PerRow<Packed>& packed_;
    unsigned bits_ = 0;
};

}  // namespace

template <class Packed>
void pack_keys(core::TripTable const& trips, std::vector<Key> const& keys, RowBlock const& block,
               PerRow<Packed>& packed) {
    Packer<Packed> packer(trips, block, packed);
    for (Key const key : keys)
        packer.add(key);
}

template void pack_keys(core::TripTable const&, std::vector<Key> const&, RowBlock const&, PerRow<std::uint64_t>&);
template void pack_keys(core::TripTable const&, std::vector<Key> const&, RowBlock const&, PerRow<GroupKey>&);

}  // namespace tessera::query
