#include "tessera/store/verify_store.hpp"

#include <algorithm>
#include <array>

#include "column_check.hpp"
#include "read_by_hdf5.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/exception_keeper.hpp"

namespace tessera::store {
namespace {

constexpr char const* stage = "verifying the store";
constexpr std::uint64_t step_rows = std::uint64_t{1} << 16;

/// The rows of this rank's share of the pieces.
RowRange share_of_rows(PieceStarts const& starts, int rank, int ranks) {
    std::uint64_t const pieces = starts.size() - 1, r = static_cast<std::uint64_t>(rank);
    auto const first_of = [&](std::uint64_t share) {
        return starts[pieces * share / static_cast<std::uint64_t>(ranks)];
    };
    return {first_of(r), first_of(r + 1)};
}

/// Local, OpenMP. Columns that lie in the file as they are, shared out over the threads.
std::vector<Damage> verify_directly(OpenStore::File const& file, PieceSums const& sums, RowRange rows) {
    std::array<std::vector<Damage>, core::column_count> damages;
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic)
    for (std::size_t number = 0; number < core::column_count; ++number)
        keeper.run([&] {
            core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
                if (static_cast<std::size_t>(place.id) != number) return;
                ColumnCheck check(sums, place.id);
                std::vector<T> values(std::min(step_rows, rows.size()));
                for (std::uint64_t row = rows.first; row < rows.last; row += step_rows) {
                    std::size_t const taken = std::min(step_rows, rows.last - row);
                    file.raw->read(file.offsets[number] + row * sizeof(T), values.data(), taken * sizeof(T));
                    check.add(row, values.data(), taken, sizeof(T));
                }
                damages[number] = check.damages();
            });
        });
    keeper.rethrow();
    return join_damages(damages);
}

/// Collective. All ranks' damages on each rank: by column, and by row.
std::vector<Damage> share_damages(comm::Communicator const& comm, std::vector<Damage> const& mine) {
    std::vector<std::uint64_t> numbers;
    for (Damage const& damage : mine)
        numbers.insert(numbers.end(), {static_cast<std::uint64_t>(damage.column), damage.first_row, damage.last_row});
    numbers = comm::allgather_all(comm, std::span<std::uint64_t const>(numbers));
    std::vector<Damage> all;
    for (std::size_t i = 0; i < numbers.size(); i += 3)
        all.push_back({static_cast<core::Column>(numbers[i]), numbers[i + 1], numbers[i + 2]});
    std::sort(all.begin(), all.end(), [](Damage const& a, Damage const& b) {
        return a.column != b.column ? a.column < b.column : a.first_row < b.first_row;
    });
    return all;
}

}  // namespace

Verification verify_store(comm::Communicator const& comm, OpenStore const& store) {
    OpenStore::File const& file = *store.file;
    comm::run_local(comm, stage, [&] {
        if (file.starts.empty())
            throw core::DataError(core::describe(
                {store.path, 0, "", ""}, "was written without checksums (format version 1), by which to verify it",
                "ingest it again"));
    });
    RowRange const rows = share_of_rows(file.starts, comm.rank(), comm.size());
    auto const sums = comm::run_local(comm, stage, [&] { return read_sums(file, rows); });
    auto const mine = comm::run_local(
        comm, stage, [&] { return file.direct ? verify_directly(file, sums, rows) : verify_by_hdf5(file, sums); });
    return {file.starts.size() - 1, file.starts.back() * core::bytes_per_trip(), share_damages(comm, mine)};
}

void require_undamaged(comm::Communicator const& comm, OpenStore const& store, Verification const& found) {
    comm::run_local(comm, stage, [&] { require_undamaged(store.path, found.damages); });
}

}  // namespace tessera::store
