#include <mpi.h>

#include "dataset.hpp"
#include "harness/room.hpp"
#include "made_up_store.hpp"
#include "schema.hpp"

// Data sets over 2 GiB, which is where MPI-IO's counts end, and HDF5's over them.
namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing

constexpr std::uint64_t gib = std::uint64_t{1} << 30;
constexpr std::uint64_t rows = (std::uint64_t{1} << 31) + 12'345'678;  // of a byte each
constexpr char const* name = "/column";

/// A byte that is another one 2^31 and 2^32 rows farther on.
std::uint8_t value_of(std::uint64_t row) {
    return static_cast<std::uint8_t>((row * 0x9E37'79B9'7F4A'7C15U) >> 56);
}

std::vector<std::uint8_t> values_of(RowRange range) {
    std::vector<std::uint8_t> values(range.size());
    for (std::uint64_t i = 0; i < values.size(); ++i)
        values[i] = value_of(range.first + i);
    return values;
}

void expect_values(RowRange range, std::vector<std::uint8_t> const& values) {
    for (std::uint64_t i = 0; i < values.size(); ++i)
        if (values[i] != value_of(range.first + i)) {
            ADD_FAILURE() << "row " << range.first + i << " is another";
            return;
        }
}

Handle create(std::string const& path) {
    silence_hdf5();
    Handle file(check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, file_access().get()), "H5Fcreate", path),
                H5Fclose);
    create_dataset(file.get(), name, file_type<std::uint8_t>(), rows, 1, {});
    return file;
}

/// As the tables of a store are written and read, by one rank in one call.
TEST(LargeCalls, OfOneRank) {
    TESSERA_SKIP_WITHOUT_ROOM(6 * gib, 3 * gib);
    SharedFolder const folder;
    std::string const path = folder.path("one.h5");
    RowRange const all{0, rows};
    if (world().is_root()) {
        Handle const file = create(path);
        Handle const dataset = open_dataset(file.get(), name, rows);
        write_range(dataset.get(), all, 1, memory_type<std::uint8_t>(), values_of(all).data(), H5P_DEFAULT);
        std::vector<std::uint8_t> read(rows);
        read_ranges(dataset.get(), {&all, 1}, 1, memory_type<std::uint8_t>(), read.data(), H5P_DEFAULT);
        expect_values(all, read);
    }
    comm::barrier(world());
}

/// As the columns of a compressed store are read and written: all ranks together, so many bytes a call.
TEST(LargeCalls, OfAllRanksTogether) {
    TESSERA_SKIP_WITHOUT_ROOM(8 * gib, 3 * gib);
    SharedFolder const folder;
    std::string const path = folder.path("all.h5");
    if (world().is_root()) create(path);
    comm::barrier(world());
    Handle const access = file_access();
    check(H5Pset_fapl_mpio(access.get(), world().handle(), MPI_INFO_NULL), "H5Pset_fapl_mpio", path);
    Handle const file(check(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), "H5Fopen", path), H5Fclose);
    Handle const dataset = open_dataset(file.get(), name, rows);
    Handle const transfer = collective_transfer();
    auto const ranks = static_cast<std::uint64_t>(world().size()), me = static_cast<std::uint64_t>(world().rank());
    std::uint64_t const first = rows / ranks * me, last = me + 1 == ranks ? rows : rows / ranks * (me + 1);
    for (std::uint64_t done = 0; done < rows / ranks + ranks; done += bytes_a_call) {
        RowRange const part{std::min(first + done, last), std::min(first + done + bytes_a_call, last)};
        write_range(dataset.get(), part, 1, memory_type<std::uint8_t>(), values_of(part).data(), transfer.get());
    }
    for (std::uint64_t done = 0; done < rows / ranks + ranks; done += bytes_a_call) {
        RowRange const part{std::min(first + done, last), std::min(first + done + bytes_a_call, last)};
        std::vector<std::uint8_t> read(part.size());
        read_ranges(dataset.get(), {&part, part.size() > 0 ? 1U : 0U}, 1, memory_type<std::uint8_t>(), read.data(),
                    transfer.get());
        expect_values(part, read);
    }
}

}  // namespace
}  // namespace tessera::store
