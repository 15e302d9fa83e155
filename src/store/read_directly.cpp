#include "read_directly.hpp"

#include <sys/mman.h>

#include <array>

#include "column_check.hpp"
#include "dataset.hpp"
#include "tessera/core/exception_keeper.hpp"

namespace tessera::store {
namespace {

constexpr std::uint64_t step_bytes = std::uint64_t{256} << 10;

/// Large memory comes in pages of 2 MiB where the system has them: a page costs a fault when it is first touched, and
/// an entry of the processor's page table whenever it is.
template <class T>
void reserve_large_pages(std::vector<T>& values, std::size_t rows) {
    constexpr std::uintptr_t small_page = 4096;
    constexpr std::size_t least_bytes = std::size_t{4} << 20;
    values.reserve(rows);
    auto const begin = (reinterpret_cast<std::uintptr_t>(values.data()) + small_page - 1) / small_page * small_page;
    auto const end = reinterpret_cast<std::uintptr_t>(values.data() + values.capacity()) / small_page * small_page;
    if (rows * sizeof(T) >= least_bytes) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

/// A vector fills with zeros what it grows by. In steps of `step_bytes`, these zeros go no farther than
/// the cache.
template <class T>
void read_behind(DirectFile const& file, std::uint64_t column, RowRange piece, std::vector<T>& values,
                 ColumnCheck* check) {
    constexpr std::uint64_t step = step_bytes / sizeof(T);
    for (std::uint64_t row = piece.first; row < piece.last; row += step) {
        std::size_t const rows = std::min(step, piece.last - row), before = values.size();
        values.resize(before + rows);
        file.read(column + row * sizeof(T), values.data() + before, rows * sizeof(T));
        if (check) check->add(row, values.data() + before, rows, sizeof(T));
    }
}

template <class T>
std::vector<T> read_column(DirectFile const& file, std::uint64_t column, ReadPlan const& plan, ColumnCheck* check) {
    std::vector<T> kept, read;
    reserve_large_pages(kept, plan.rows);
    std::uint64_t planned = 0;
    for (auto const& pieces : plan.rounds)
        planned += rows_in(pieces);
    for (auto const& pieces : plan.rounds) {
        for (RowRange const& piece : pieces)
            if (piece.size() < step_bytes / sizeof(T))  // the system sees by itself where large ones go on
                file.announce(column + piece.first * sizeof(T), piece.size() * sizeof(T));
        std::vector<T>& to = planned == plan.rows ? kept : read;
        if (&to == &read) read.clear();
        for (RowRange const& piece : pieces)
            read_behind(file, column, piece, to, check);
        if (&to == &read) keep_wanted(read, pieces, plan.wanted, kept);
    }
    return kept;
}

}  // namespace

core::TripTable read_directly(OpenStore::File const& file, std::vector<RowRange> wanted, core::ColumnSet columns) {
    ReadPlan const plan =
        plan_reading(std::move(wanted), file.starts, most_direct_pieces, bytes_a_call / sizeof(std::uint32_t));
    PieceSums const sums = read_sums(file, plan);
    std::array<std::vector<Damage>, core::column_count> damages;
    core::TripTable trips;
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic)
    for (std::size_t number = 0; number < core::column_count; ++number)
        keeper.run([&] {
            core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
                if (static_cast<std::size_t>(place.id) != number || !columns.has(place.id)) return;
                ColumnCheck check(sums, place.id);
                trips.*place.in_table =
                    read_column<T>(*file.raw, file.offsets[number], plan, file.starts.empty() ? nullptr : &check);
                damages[number] = check.damages();
            });
        });
    keeper.rethrow();
    require_undamaged(file.raw->path(), join_damages(damages));
    return trips;
}

}  // namespace tessera::store
