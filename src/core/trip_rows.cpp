#include "tessera/core/trip_rows.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "tessera/core/error.hpp"

namespace tessera::core {
namespace {

/// Chunks that are cut from one piece of memory: asking the system for each would cost more.
constexpr std::size_t chunks_a_piece = 256;

/// Where a thread cuts its next chunk. A piece lives as long as a chunk of it is somebody's.
struct Cutting {
    std::shared_ptr<RawArray<TripRow>> piece;
    std::size_t chunks = chunks_a_piece;
};
thread_local Cutting cutting;

}  // namespace

TripRows::TripRows(TripTable const& table) {
    for (std::size_t row = 0; row < table.size(); ++row) {
        next() = trip_at(table, row);
        keep();
    }
}

void TripRows::add_chunk() {
    if (cutting.chunks == chunks_a_piece) {
        cutting.piece = std::make_shared<RawArray<TripRow>>(chunks_a_piece * chunk_rows);
        cutting.chunks = 0;
    }
    if (chunks_.size() >> (32 - chunk_bits) != 0) throw DataError("2^32 trips or more on one rank; start more ranks");
    chunks_.push_back({cutting.piece, cutting.piece->data() + cutting.chunks * chunk_rows, 0, 0});
    if (++cutting.chunks == chunks_a_piece) cutting.piece.reset();
}

void TripRows::append(TripRows&& other) {
    if ((chunks_.size() + other.chunks_.size()) >> (32 - chunk_bits) != 0)
        throw DataError("2^32 trips or more on one rank; start more ranks");
    chunks_.insert(chunks_.end(), std::make_move_iterator(other.chunks_.begin()),
                   std::make_move_iterator(other.chunks_.end()));
    size_ += other.size_;
    other = {};
}

std::vector<std::shared_ptr<RawArray<TripRow>>> TripRows::give_up() {
    std::vector<std::shared_ptr<RawArray<TripRow>>> pieces;
    for (Chunk& chunk : chunks_)
        pieces.push_back(std::move(chunk.memory));
    std::sort(pieces.begin(), pieces.end());
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
    *this = {};
    return pieces;
}

std::optional<std::uint64_t> TripRows::shift_lines(std::uint64_t by) {
    constexpr std::uint64_t most = std::numeric_limits<LineNumber::Rep>::max();
    for (Chunk& chunk : chunks_) {
        auto const shifted = [&](std::uint32_t i) {
            return chunk.rows[i].trip.line.count + std::uint64_t{chunk.line_shift} + by;
        };
        if (chunk.used > 0 && shifted(chunk.used - 1) > most)  // lines ascend: the last one tells
            for (std::uint32_t i = 0; i < chunk.used; ++i)
                if (shifted(i) > most) return shifted(i);
        chunk.line_shift += static_cast<std::uint32_t>(by);
    }
    return std::nullopt;
}

std::vector<Trip> list_trips(TripRows const& rows) {
    std::vector<Trip> trips;
    for (std::size_t chunk = 0; chunk < rows.chunks().size(); ++chunk)
        for (std::size_t place = 0; place < rows.chunks()[chunk].used; ++place)
            trips.push_back(rows[TripRows::number(chunk, place)]);
    return trips;
}

}  // namespace tessera::core
