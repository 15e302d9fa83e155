#pragma once
#include <cstdint>
#include <vector>

#include "tessera/query/row_order.hpp"

namespace tessera::query {

/// Where in the list of slabs an hour is.
class HourDirectory {
  public:
    /// Local. The next slab. Shape: ascending.
    void add(core::WallTime last_time);
    /// Local. The first slab that ends in the hour of that time or later; the number of slabs where there is none.
    std::size_t first_to_end_in(core::WallTime time) const {
        if (time.count < first_second_) return 0;
        std::size_t const hour = (time.count - first_second_) / seconds_an_hour;
        return hour < slab_.size() ? slab_[hour] : slabs_;
    }

  private:
    static constexpr std::uint32_t seconds_an_hour = 3600;
    std::uint32_t first_second_ = 0;
    std::uint32_t slabs_ = 0;
    std::vector<std::uint32_t> slab_;  ///< of each hour from that of the first slab's end on
};

/// The rows of an order along the curve, cut by pick-up time into slabs: at whole hours, but of at least 1,024 rows and
/// at most some 131,072, and never longer than 18 hours. Within a slab rows follow the curve. A question about
/// a short window finds all it needs in a few slabs, and there in a few blocks. Some 10.7 bytes a row.
struct TimeSlabs {
    RowOrder order;
    std::vector<std::uint32_t> first_block;  ///< of each slab, and the number of blocks
    std::vector<core::WallTime> first_time;  ///< of each slab; slabs do not overlap
    std::vector<core::WallTime> last_time;   ///< likewise
    HourDirectory by_hour;
    std::vector<core::WallTime> start;                    ///< of each block: the first time of its slab
    core::RawArray<PerPlace<std::uint16_t>> since_start;  ///< seconds, of each row of a block

    std::size_t slabs() const { return first_time.size(); }
    core::WallTime time(std::size_t place) const {
        std::size_t const block = place / rows_a_block;
        return {start[block].count + since_start[block][place % rows_a_block]};
    }
    /// Asks memory for what a search looks at in a block; for the times only where they are asked for.
    void fetch(std::size_t number, bool with_times) const {
        order.fetch(number);
        if (!with_times) return;
        core::ask_memory(&since_start[number]);
        core::ask_memory(&start[number]);
    }
    /// The blocks [first, last) of slabs [first, last).
    RowRange blocks_of(RowRange slabs) const { return {first_block[slabs.first], first_block[slabs.last]}; }
};

/// Local, OpenMP. The slabs of an order by pick-ups or by drop-offs.
TimeSlabs cut_time_slabs(geo::LoadedTiles const& loaded, RowOrder const& curve);

/// Local. The slabs [first, last) that hold times of the filter's window.
RowRange slabs_in_window(TimeSlabs const& slabs, Filter const& filter);
/// Local. Of these, the ones that hold no other times.
RowRange whole_slabs(TimeSlabs const& slabs, RowRange in_window, Filter const& filter);

}  // namespace tessera::query
