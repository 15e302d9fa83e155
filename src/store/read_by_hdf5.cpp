#include "read_by_hdf5.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dataset.hpp"
#include "schema.hpp"
#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

/// HDF5 walks its list of pieces several times; this many cost little, however small they are.
constexpr std::size_t most_pieces = 512;

Handle open_column(OpenStore::File const& file, core::Column column) {
    std::string const path = path_of(column);
    return {check(H5Dopen2(file.handle.get(), path.c_str(), H5P_DEFAULT), "H5Dopen2", path), H5Dclose};
}

/// Compares what was read of some pieces.
template <class T>
void check_pieces(ColumnCheck& check, std::vector<RowRange> const& pieces, std::vector<T> const& read) {
    T const* values = read.data();
    for (RowRange const& piece : pieces) {
        check.add(piece.first, values, piece.size(), sizeof(T));
        values += piece.size();
    }
}

template <class T>
std::vector<T> read_column(OpenStore::File const& file, core::Column column, ReadPlan const& plan,
                           ColumnCheck* checked) {
    Handle const dataset = open_column(file, column);
    std::vector<T> kept;
    for (auto const& pieces : plan.rounds) {
        std::uint64_t const rows = rows_in(pieces);
        std::vector<T> read(rows);
        read_ranges(dataset.get(), pieces, 1, memory_type<T>(), read.data(), H5P_DEFAULT);
        if (checked) check_pieces(*checked, pieces, read);
        if (plan.rounds.size() == 1 && rows == plan.rows)
            kept = std::move(read);
        else
            keep_wanted(read, pieces, plan.wanted, kept);
    }
    return kept;
}

}  // namespace

core::TripTable read_by_hdf5(OpenStore::File const& file, std::vector<RowRange> wanted, core::ColumnSet columns) {
    ReadPlan const plan =
        plan_reading(std::move(wanted), file.starts, most_pieces, bytes_a_call / sizeof(std::uint32_t));
    PieceSums const sums = read_sums(file, plan);
    core::TripTable trips;
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        if (!columns.has(place.id)) return;
        ColumnCheck checked(sums, place.id);
        try {
            trips.*place.in_table = read_column<T>(file, place.id, plan, file.starts.empty() ? nullptr : &checked);
        } catch (core::DataError const& error) {
            throw core::DataError(core::describe({file.raw->path(), 0, "", ""},
                                                 fmt::format("is damaged: '{}': {}", path_of(place.id), error.what()),
                                                 "copy or ingest it again"));
        }
        require_undamaged(file.raw->path(), checked.damages());
    });
    return trips;
}

std::vector<Damage> verify_by_hdf5(OpenStore::File const& file, PieceSums const& sums) {
    std::vector<Damage> damages;
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        Handle const dataset = open_column(file, place.id);
        ColumnCheck checked(sums, place.id);
        std::vector<T> values;
        for (std::size_t piece = 0; piece + 1 < sums.starts.size(); ++piece) {
            RowRange const one{sums.starts[piece], sums.starts[piece + 1]};
            values.resize(one.size());
            try {
                read_ranges(dataset.get(), {&one, 1}, 1, memory_type<T>(), values.data(), H5P_DEFAULT);
                checked.add(one.first, values.data(), one.size(), sizeof(T));
            } catch (core::DataError const&) {
                damages.push_back({place.id, one.first, one.last});
            }
        }
        damages.insert(damages.end(), checked.damages().begin(), checked.damages().end());
    });
    return damages;
}

}  // namespace tessera::store
