#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "tessera/core/raw_array.hpp"
#include "tessera/core/trip.hpp"
#include "tessera/core/trip_table.hpp"

namespace tessera::core {

/// A trip that has a cache line to itself.
struct alignas(64) TripRow {
    Trip trip;
};

/// Trips as rows, in no order: what ingest holds until they are in store order. Putting trips in order looks at each in
/// its place; as a row that is one cache line, as columns it would be eighteen. Rows lie in chunks that are never
/// moved: tables are joined by handing chunks over. A row's number tells its chunk and its place in it; numbers have
/// gaps.
class TripRows {
  public:
    using Number = std::uint32_t;
    static constexpr unsigned chunk_bits = 11;
    static constexpr std::size_t chunk_rows = std::size_t{1} << chunk_bits;

    /// Rows that came from one place; their true line is the one in the row and `line_shift`, modulo 2^32: the lines
    /// before a block are known only after the block is read.
    struct Chunk {
        std::shared_ptr<RawArray<TripRow>> memory;
        TripRow* rows = nullptr;
        std::uint32_t used = 0;
        std::uint32_t line_shift = 0;
    };

    TripRows() = default;
    TripRows(TripTable const& table);  // a table is as good

    std::size_t size() const { return size_; }
    std::span<Chunk const> chunks() const { return chunks_; }
    static Number number(std::size_t chunk, std::size_t place) {
        return static_cast<Number>(chunk << chunk_bits | place);
    }

    /// The row that the next `keep` adds. What it holds before it is written is anything.
    Trip& next() {
        if (chunks_.empty() || chunks_.back().used == chunk_rows) add_chunk();
        return chunks_.back().rows[chunks_.back().used].trip;
    }
    /// Returns the number of the row that `next` gave.
    Number keep() {
        ++size_;
        return number(chunks_.size() - 1, chunks_.back().used++);
    }
    /// Takes over another table's rows, behind these. Throws core::DataError for more rows than numbers.
    void append(TripRows&& other);
    /// The pieces of memory that chunks are cut from, each once; the table is empty then.
    std::vector<std::shared_ptr<RawArray<TripRow>>> give_up();
    /// Adds to every line number, where lines ascend within chunks. Returns the first that does not fit, if any.
    std::optional<std::uint64_t> shift_lines(std::uint64_t by);

    /// A row, but for its line.
    Trip const& but_for_line(Number row) const { return chunks_[row >> chunk_bits].rows[row & (chunk_rows - 1)].trip; }
    LineNumber line(Number row) const { return {but_for_line(row).line.count + chunks_[row >> chunk_bits].line_shift}; }
    Trip operator[](Number row) const {
        Trip trip = but_for_line(row);
        trip.line = line(row);
        return trip;
    }
    /// Puts another trip in a row's place.
    void put(Number row, Trip const& trip) {
        Chunk& chunk = chunks_[row >> chunk_bits];
        Trip& place = chunk.rows[row & (chunk_rows - 1)].trip;
        place = trip;
        place.line.count -= chunk.line_shift;
    }

  private:
    void add_chunk();
    std::vector<Chunk> chunks_;
    std::size_t size_ = 0;
};

/// Local. The trips of a table, in the order of their numbers.
std::vector<Trip> list_trips(TripRows const& rows);

}  // namespace tessera::core
