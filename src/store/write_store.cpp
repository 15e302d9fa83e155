#include "tessera/store/write_store.hpp"

#include <mpi.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "column_file.hpp"
#include "create_file.hpp"
#include "dataset.hpp"
#include "handle.hpp"
#include "paths.hpp"
#include "schema.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"
#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

constexpr char const* stage = "writing the store";

/// One rank does without MPI's way to write files: Open MPI makes a file of its own with each, for a place to write at
/// that ranks share, and without mpirun it has no folder for that, so that it lies beside the store once the rank is
/// killed.
Handle open_file(comm::Communicator const& comm, std::string const& path) {
    if (comm.size() == 1)
        return {check(H5Fopen(path.c_str(), H5F_ACC_RDWR, file_access().get()), "H5Fopen", path), H5Fclose};
    Handle const access(check(H5Pcreate(H5P_FILE_ACCESS), "H5Pcreate", path), H5Pclose);
    check(H5Pset_fapl_mpio(access.get(), comm.handle(), MPI_INFO_NULL), "H5Pset_fapl_mpio", path);
    check(H5Pset_all_coll_metadata_ops(access.get(), true), "H5Pset_all_coll_metadata_ops", path);
    check(H5Pset_coll_metadata_write(access.get(), true), "H5Pset_coll_metadata_write", path);
    return {check(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), "H5Fopen", path), H5Fclose};
}

/// Local. Says what HDF5's error means to whoever waits for the store.
template <class Work>
void explain_failure(std::string const& path, Work&& work) {
    try {
        work();
    } catch (core::DataError const& error) {
        throw core::DataError(core::describe({path, 0, "", ""}, std::string("cannot be written: ") + error.what(),
                                             "is the disk full, or a limit on the size of files reached?"));
    }
}

/// Collective. Makes HDF5 calls that all ranks enter alike (see call_together), on the file that becomes `path`.
template <class Calls>
void write_together(comm::Communicator const& comm, std::string const& path, Calls&& calls) {
    call_together(comm, stage, [&] { explain_failure(path, calls); });
}

/// Collective. Writes one column into its place, each rank its rows, in as many calls as the rank with the most needs.
template <class T>
void write_column(comm::Communicator const& comm, std::string const& path, hid_t file, core::Column id,
                  std::vector<T> const& column, StorePart const& part, std::uint64_t most_rows) {
    Handle dataset, transfer;
    write_together(comm, path, [&] {
        std::string const name = path_of(id);
        dataset = open_dataset(file, name.c_str(), geo::trip_count(part.tiles));
        transfer = comm.size() == 1 ? plain_transfer() : collective_transfer();
    });
    std::uint64_t const first_row = part.first_row(), rows_a_call = bytes_a_call / sizeof(T);
    for (std::uint64_t done = 0; done < most_rows; done += rows_a_call) {
        std::uint64_t const begin = std::min<std::uint64_t>(done, column.size());
        std::uint64_t const end = std::min<std::uint64_t>(begin + rows_a_call, column.size());
        write_together(comm, path, [&] {
            write_range(dataset.get(), {first_row + begin, first_row + end}, 1, memory_type<T>(), column.data() + begin,
                        transfer.get());
        });
    }
    // One rank's chunks may wait in HDF5's cache until now: whether they reach the disk must not be lost.
    write_together(comm, path, [&] { check(dataset.close_now(), "H5Dclose", path_of(id)); });
}

/// Collective. Opens the partial file, writes all columns into it, compressed, and closes it. Returns the checksums of
/// this rank's pieces.
std::vector<Checksums> fill_compressed(comm::Communicator const& comm, std::string const& path, StorePart const& part) {
    std::uint64_t const most_rows = comm::allreduce(comm, comm::Reduction::max, part.rows());
    auto const trips = comm::run_local(comm, stage, [&] {
        core::TripTable columns;
        part.fill(0, part.rows(), columns);
        return columns;
    });
    Handle file;
    write_together(comm, path, [&] {
        silence_hdf5();
        file = open_file(comm, partial_path(path));
    });
    try {
        core::for_each_column([&](auto const& place) {
            write_column(comm, path, file.get(), place.id, trips.*place.in_table, part, most_rows);
        });
        write_together(comm, path, [&] { check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "H5Fflush", "columns"); });
    } catch (...) {
        file.forget();  // see core::AbandonError
        throw;
    }
    write_together(comm, path, [&] { check(file.close_now(), "H5Fclose", "columns"); });
    return comm::run_local(comm, stage, [&] { return sum_pieces(trips, pieces_of(part)); });
}

/// Collective. Writes all columns. Returns the checksums of this rank's pieces.
std::vector<Checksums> fill(comm::Communicator const& comm, WriteOptions const& options, ColumnOffsets const& offsets,
                            StorePart const& part) {
    if (options.compression != Compression::none) return fill_compressed(comm, options.path, part);
    return comm::run_local(comm, stage, [&] {
        std::vector<Checksums> sums;
        explain_failure(options.path, [&] { sums = write_columns(partial_path(options.path), offsets, part); });
        return sums;
    });
}

}  // namespace

StorePart::StorePart(geo::TileTable const& all_tiles, std::size_t first, std::size_t last, core::TripTable const& trips)
    : StorePart(all_tiles, first, last, [&trips](std::uint64_t begin, std::uint64_t end, core::TripTable& columns) {
          core::for_each_column([&](auto const& place) {
              auto const& from = trips.*place.in_table;
              (columns.*place.in_table)
                  .assign(from.begin() + static_cast<std::ptrdiff_t>(begin),
                          from.begin() + static_cast<std::ptrdiff_t>(end));
          });
      }) {}

void check_store_place(comm::Communicator const& comm, WriteOptions const& options) {
    comm::run_on_root(comm, "the store", [&] { check_place(options.path, options.overwrite); });
}

void write_store(comm::Communicator const& comm, WriteOptions const& options, StoreHeader const& header,
                 StorePart const& part) {
    check_store_place(comm, options);
    std::optional<PartialClaim> claim;  // the root's
    try {
        StorePlaces places = comm::run_on_root(comm, stage, [&] {
            claim.emplace(options.path);
            require_room(options.path, part.tiles, options.compression);
            StorePlaces found;
            explain_failure(options.path, [&] {
                found = create_store_file(partial_path(options.path), header, part.tiles, options.compression);
            });
            return found;
        });
        require_seen_by_all(comm, partial_path(options.path));
        comm::broadcast(comm, std::span<std::uint64_t>(places.columns));
        auto const my_sums = fill(comm, options, places.columns, part);
        auto const sums = comm::gather_to_root(comm, std::span<Checksums const>(my_sums));
        comm::run_on_root(comm, stage, [&] {
            explain_failure(options.path, [&] {
                finish_store_file(partial_path(options.path), header.format_version, places, sums);
            });
            claim->put_in_place(options.overwrite);
        });
    } catch (core::StageError const& error) {
        throw core::AbandonError(error);
    }
}

}  // namespace tessera::store
