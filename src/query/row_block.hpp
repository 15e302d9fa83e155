#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "tessera/core/trip_table.hpp"

namespace tessera::query {

/// Rows are handled in blocks of at most this many, whose columns and intermediate values stay in the L1 cache.
inline constexpr std::size_t block_rows = 1024;

/// Room for one value a row of a block. It begins with what was in memory: filling it first would cost as much as many
/// a kernel.
template <class T>
class PerRow {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    PerRow() {}  // not "= default", which may fill it
    T* data() { return reinterpret_cast<T*>(bytes_); }
    T const* data() const { return reinterpret_cast<T const*>(bytes_); }
    T* begin() { return data(); }
    T const* begin() const { return data(); }
    T& operator[](std::size_t i) { return data()[i]; }
    T const& operator[](std::size_t i) const { return data()[i]; }

  private:
    alignas(64) std::byte bytes_[sizeof(T) * block_rows];  // aligned as the widest vectors are
};

/// Rows of one block that match a filter: all of a run of rows, those picked out of it, or rows from anywhere. Kernels
/// loop over them by 0 <= i < size, as if they were side by side.
class RowBlock {
  public:
    /// All rows of first, first + 1, ... ; `store_row` is the place of `first` in the store.
    RowBlock(std::size_t first, std::size_t size, std::uint64_t store_row)
        : first_(first), size_(size), store_row_(store_row) {}
    /// The rows first + picked[i].
    RowBlock(std::size_t first, PerRow<std::uint16_t> const& picked, std::size_t size, std::uint64_t store_row)
        : first_(first), size_(size), store_row_(store_row), picked_(picked.data()) {}

    /// The rows rows[i], from anywhere, and their pick-up times; `store_row` is the place of row 0 in the store, all
    /// others following it.
    RowBlock(PerRow<std::uint32_t> const& rows, PerRow<core::WallTime> const& times, std::size_t size,
             std::uint64_t store_row)
        : first_(0), size_(size), store_row_(store_row), rows_(rows.data()), times_(times.data()) {}

    /// Local. Some of its rows: the i of each. `rows` is room that the picked block looks into. Shape: n <= size().
    RowBlock pick(PerRow<std::uint16_t> const& places, std::size_t n, PerRow<std::uint32_t>& rows) const {
        for (std::size_t i = 0; i < n; ++i)
            rows[i] = static_cast<std::uint32_t>(offset(places[i]));
        RowBlock some(first_, n, store_row_);
        some.rows_ = rows.data();
        return some;
    }

    std::size_t size() const { return size_; }
    std::size_t row(std::size_t i) const { return first_ + offset(i); }
    std::uint64_t store_row(std::size_t i) const { return store_row_ + offset(i); }

    /// Local. The block's values of a column, side by side: in place where all rows match, else gathered in `room`.
    /// Shape: size().
    template <class T>
    T const* values(std::vector<T> const& column, PerRow<T>& room) const {
        T const* const from = column.data() + first_;
        if (rows_)
            for (std::size_t i = 0; i < size_; ++i)
                room[i] = from[rows_[i]];
        else if (picked_)
            for (std::size_t i = 0; i < size_; ++i)
                room[i] = from[picked_[i]];
        else
            return from;
        return room.data();
    }

    /// Local. The pick-up times of the rows: of rows from anywhere they are at hand. Shape: size().
    core::WallTime const* pickup_times(core::TripTable const& trips, PerRow<core::WallTime>& room) const {
        return times_ ? times_ : values(trips.pickup_time, room);
    }

  private:
    std::size_t offset(std::size_t i) const { return picked_ ? picked_[i] : rows_ ? rows_[i] : i; }

    std::size_t first_;
    std::size_t size_;
    std::uint64_t store_row_;
    std::uint16_t const* picked_ = nullptr;
    std::uint32_t const* rows_ = nullptr;
    core::WallTime const* times_ = nullptr;
};

}  // namespace tessera::query
