#include "column_file.hpp"

#include <omp.h>

#include <algorithm>
#include <bit>

#include "tessera/core/exception_keeper.hpp"
#include "writable_file.hpp"

namespace tessera::store {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are little-endian on disk, and written as they are");

/// Rows whose columns are written together: the more, the larger the pieces that the system takes, up to a megabyte of
/// a column; but each thread has several, so that all end at about the same time.
std::uint64_t rows_a_batch(std::uint64_t rows) {
    auto const threads = static_cast<std::uint64_t>(omp_get_max_threads());
    return std::clamp<std::uint64_t>(rows / (8 * threads), std::uint64_t{1} << 14, std::uint64_t{1} << 18);
}

/// Where batches of whole pieces begin, as numbers of pieces, and where the last one ends.
std::vector<std::size_t> cut_batches(PieceStarts const& starts, std::uint64_t rows) {
    std::vector<std::size_t> batches{0};
    for (std::size_t piece = 0; piece + 1 < starts.size(); ++piece)
        if (starts[piece + 1] - starts[batches.back()] >= rows) batches.push_back(piece + 1);
    if (batches.back() + 1 < starts.size()) batches.push_back(starts.size() - 1);
    return batches;
}

/// After so many bytes the system is asked to start bringing them to the disk, so that little is left for the end.
constexpr std::uint64_t bytes_to_start = std::uint64_t{64} << 20;

/// The checksums of pieces [first, last) of one column, of values that begin with the first of them.
template <class T>
void sum_column(core::Column id, std::vector<T> const& column, PieceStarts const& starts, std::size_t first,
                std::size_t last, std::vector<Checksums>& sums) {
    T const* values = column.data();
    for (std::size_t piece = first; piece < last; ++piece) {
        std::size_t const rows = starts[piece + 1] - starts[piece];
        sums[piece][static_cast<std::size_t>(id)] = crc_of(values, rows * sizeof(T));
        values += rows;
    }
}

/// Writes each column's rows to where they belong, and sums them just before: a column of a batch stays in the cache.
void write_batch(WritableFile const& file, ColumnOffsets const& offsets, core::TripTable const& columns,
                 PieceStarts const& starts, std::size_t first, std::size_t last, std::vector<Checksums>& sums) {
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        auto const& column = columns.*place.in_table;
        sum_column(place.id, column, starts, first, last, sums);
        file.write(column.data(), column.size() * sizeof(T),
                   offsets[static_cast<std::size_t>(place.id)] + starts[first] * sizeof(T));
    });
}

}  // namespace

PieceStarts pieces_of(StorePart const& part) {
    return cut_pieces(std::span(part.tiles.first_trip).subspan(part.first_tile, part.last_tile - part.first_tile + 1));
}

std::vector<Checksums> sum_pieces(core::TripTable const& columns, PieceStarts const& starts) {
    std::vector<Checksums> sums(starts.size() - 1);
    core::for_each_column(
        [&](auto const& place) { sum_column(place.id, columns.*place.in_table, starts, 0, sums.size(), sums); });
    return sums;
}

std::vector<Checksums> write_columns(std::string const& path, ColumnOffsets const& offsets, StorePart const& part) {
    WritableFile const file(path);
    auto const starts = pieces_of(part);
    std::uint64_t const size = rows_a_batch(part.rows());
    auto const batches = cut_batches(starts, size);
    std::uint64_t const batches_to_start = bytes_to_start / (size * core::bytes_per_trip()) + 1;
    std::vector<Checksums> sums(starts.size() - 1);
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        core::TripTable columns;  // a thread's own, for all its batches
#pragma omp for schedule(dynamic)
        for (std::size_t batch = 0; batch < batches.size() - 1; ++batch)
            keeper.run([&] {
                std::size_t const first = batches[batch], last = batches[batch + 1];
                part.fill(starts[first] - part.first_row(), starts[last] - part.first_row(), columns);
                write_batch(file, offsets, columns, starts, first, last, sums);
                if (batch % batches_to_start == batches_to_start - 1) file.start_sync();
            });
    }
    keeper.rethrow();
    file.sync();
    return sums;
}

}  // namespace tessera::store
