#include "tessera/store/write_store.hpp"

#include <mpi.h>

#include <algorithm>
#include <vector>

#include "attributes.hpp"
#include "dataset.hpp"
#include "handle.hpp"
#include "paths.hpp"
#include "schema.hpp"
#include "tessera/comm/collectives.hpp"
#include "write_tables.hpp"

namespace tessera::store {
namespace {

constexpr char const* stage = "writing the store";

/// 65,536 trips a chunk: 256 KiB of a 4-byte column, small enough to read one for a few tiles.
Layout layout_of(Compression compression) {
    return compression == Compression::deflate ? Layout{std::uint64_t{1} << 16, 1} : Layout{};
}

Handle create_file(comm::Communicator const& comm, std::string const& path) {
    Handle const access(check(H5Pcreate(H5P_FILE_ACCESS), "H5Pcreate", path), H5Pclose);
    check(H5Pset_fapl_mpio(access.get(), comm.handle(), MPI_INFO_NULL), "H5Pset_fapl_mpio", path);
    check(H5Pset_coll_metadata_write(access.get(), true), "H5Pset_coll_metadata_write", path);
    return {check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), "H5Fcreate", path), H5Fclose};
}

/// Collective. Writes one column, each rank its rows, in as many calls as the rank with the most rows needs.
template <class T>
void write_column(comm::Communicator const& comm, hid_t dataset, std::vector<T> const& column, std::uint64_t first_row,
                  std::uint64_t rounds, hid_t transfer) {
    std::uint64_t const most = bytes_a_call / sizeof(T);
    for (std::uint64_t round = 0; round < rounds; ++round) {
        std::uint64_t const begin = std::min<std::uint64_t>(round * most, column.size());
        std::uint64_t const end = std::min<std::uint64_t>(begin + most, column.size());
        call_together(comm, stage, [&] {
            write_range(dataset, {first_row + begin, first_row + end}, 1, memory_type<T>(), column.data() + begin,
                        transfer);
        });
    }
}

/// Collective. Writes every column.
void write_trips(comm::Communicator const& comm, hid_t file, Layout const& layout, StorePart const& part) {
    std::uint64_t const total = geo::trip_count(part.tiles), first_row = part.tiles.first_trip[part.first_tile];
    std::uint64_t const most_rows = comm::allreduce(comm, comm::Reduction::max, std::uint64_t{part.trips.size()});
    Handle const transfer = transfer_list(true);
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        Handle dataset;
        call_together(comm, stage, [&] {
            std::string const path = "/trips/" + std::string(core::text_of(place.id).name);
            dataset = create_dataset(file, path.c_str(), file_type<T>(), total, 1, layout);
            describe_unknown(dataset.get(), place);
        });
        std::uint64_t const rounds =
            std::max<std::uint64_t>(1, (most_rows * sizeof(T) + bytes_a_call - 1) / bytes_a_call);
        write_column(comm, dataset.get(), part.trips.*place.in_table, first_row, rounds, transfer.get());
    });
}

/// Collective. Writes and closes the partial file.
void write_partial(comm::Communicator const& comm, WriteOptions const& options, StoreHeader const& header,
                   StorePart const& part) {
    Handle file;
    call_together(comm, stage, [&] {
        silence_hdf5();
        file = create_file(comm, partial_path(options.path));
        write_header(file.get(), header);
        Handle const group(
            check(H5Gcreate2(file.get(), "/trips", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), "H5Gcreate2", "/trips"),
            H5Gclose);
    });
    write_trips(comm, file.get(), layout_of(options.compression), part);
    call_together(comm, stage, [&] {
        write_tile_table(file.get(), part.tiles, comm.is_root());
        write_ledger(file.get(), header.ledger, comm.is_root());
    });
    call_together(comm, stage, [&] { check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "H5Fflush", options.path); });
    call_together(comm, stage, [&] { check(file.close_now(), "H5Fclose", options.path); });
}

}  // namespace

void check_store_place(comm::Communicator const& comm, WriteOptions const& options) {
    comm::run_on_root(comm, "the store", [&] { check_place(options.path, options.overwrite); });
}

void write_store(comm::Communicator const& comm, WriteOptions const& options, StoreHeader const& header,
                 StorePart const& part) {
    check_store_place(comm, options);
    try {
        write_partial(comm, options, header, part);
        comm::run_on_root(comm, stage, [&] { put_in_place(options.path); });
    } catch (...) {
        // All ranks are here together: errors are agreed on.
        if (comm.is_root()) remove_partial(options.path);
        throw;
    }
}

}  // namespace tessera::store
