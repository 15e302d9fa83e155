#include <algorithm>
#include <numeric>

#include "dataset.hpp"
#include "open_file.hpp"
#include "row_ranges.hpp"
#include "schema.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {
namespace {

constexpr char const* stage = "reading the store";
/// HDF5 walks its list of pieces several times; this many cost little, however small they are.
constexpr std::size_t most_pieces = 512;

/// The rows that a rank wants of every column, and how it gets them: in whole pieces, some rows too many, in rounds.
struct ReadPlan {
    std::vector<RowRange> wanted;
    std::vector<std::vector<RowRange>> rounds;
    std::uint64_t rows = 0;  ///< wanted
};

/// Collective. All ranks make the same number of calls, the last ones with nothing to read.
ReadPlan plan_reading(comm::Communicator const& comm, std::vector<RowRange> wanted) {
    ReadPlan plan;
    plan.wanted = std::move(wanted);
    for (RowRange const& range : plan.wanted)
        plan.rows += range.size();
    plan.rounds = cut_into_rounds(join_ranges(plan.wanted, most_pieces), bytes_a_call / sizeof(std::uint32_t));
    plan.rounds.resize(comm::allreduce(comm, comm::Reduction::max, std::uint64_t{plan.rounds.size()}));
    return plan;
}

/// Copies the wanted rows among the read ones; both lists ascend.
template <class T>
void keep_wanted(std::vector<T> const& read, std::span<RowRange const> pieces, std::span<RowRange const> wanted,
                 std::vector<T>& kept) {
    auto want = wanted.begin();
    auto from = read.begin();
    for (RowRange const& piece : pieces) {
        while (want != wanted.end() && want->last <= piece.first)
            ++want;
        for (auto w = want; w != wanted.end() && w->first < piece.last; ++w) {
            auto const begin = from + static_cast<std::ptrdiff_t>(std::max(w->first, piece.first) - piece.first);
            auto const end = from + static_cast<std::ptrdiff_t>(std::min(w->last, piece.last) - piece.first);
            kept.insert(kept.end(), begin, end);
        }
        from += static_cast<std::ptrdiff_t>(piece.size());
    }
}

/// Collective. One column's wanted rows.
template <class T>
std::vector<T> read_column(comm::Communicator const& comm, OpenStore::File const& file, core::Column column,
                           ReadPlan const& plan) {
    std::string const path = path_of(column);
    Handle dataset, transfer;
    call_together(comm, stage, [&] {
        dataset = Handle(check(H5Dopen2(file.handle.get(), path.c_str(), H5P_DEFAULT), "H5Dopen2", path), H5Dclose);
        transfer = transfer_list(file.collective);
    });
    std::vector<T> kept;
    for (auto const& pieces : plan.rounds) {
        std::uint64_t const rows = std::accumulate(pieces.begin(), pieces.end(), std::uint64_t{0},
                                                   [](std::uint64_t sum, RowRange const& r) { return sum + r.size(); });
        // Memory may run out on one rank alone: the others must hear of it before they enter the next read.
        auto read = comm::run_local(comm, stage, [&] { return std::vector<T>(rows); });
        call_together(comm, stage,
                      [&] { read_ranges(dataset.get(), pieces, 1, memory_type<T>(), read.data(), transfer.get()); });
        comm::run_local(comm, stage, [&] {
            if (plan.rounds.size() == 1 && rows == plan.rows)
                kept = std::move(read);
            else
                keep_wanted(read, pieces, plan.wanted, kept);
        });
    }
    return kept;
}

}  // namespace

geo::LoadedTiles read_tiles(comm::Communicator const& comm, OpenStore const& store,
                            std::vector<std::size_t> const& my_tiles, core::ColumnSet columns) {
    geo::LoadedTiles loaded;
    loaded.tiles.first_trip.push_back(0);
    std::vector<RowRange> wanted;
    for (std::size_t const tile : my_tiles) {
        geo::append_tile(loaded.tiles, store.tiles, tile);
        loaded.store_row.push_back(store.tiles.first_trip[tile]);
        wanted.push_back({store.tiles.first_trip[tile], store.tiles.first_trip[tile + 1]});
    }
    ReadPlan const plan = plan_reading(comm, std::move(wanted));
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        if (columns.has(place.id)) loaded.trips.*place.in_table = read_column<T>(comm, *store.file, place.id, plan);
    });
    return loaded;
}

core::TripTable read_rows(comm::Communicator const& comm, OpenStore const& store,
                          std::vector<std::uint64_t> const& my_rows) {
    std::vector<std::size_t> order(my_rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return my_rows[a] < my_rows[b]; });
    std::vector<RowRange> wanted;
    for (std::size_t const i : order)
        wanted.push_back({my_rows[i], my_rows[i] + 1});
    ReadPlan const plan = plan_reading(comm, std::move(wanted));
    core::TripTable trips;
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        auto const ascending = read_column<T>(comm, *store.file, place.id, plan);
        comm::run_local(comm, stage, [&] {
            std::vector<T>& column = trips.*place.in_table;
            column.resize(ascending.size());
            for (std::size_t i = 0; i < order.size(); ++i)
                column[order[i]] = ascending[i];
        });
    });
    return trips;
}

}  // namespace tessera::store
