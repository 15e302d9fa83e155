#pragma once
#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handle.hpp"
#include "row_ranges.hpp"
#include "tessera/comm/collective_check.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/comm/run_local.hpp"

namespace tessera::store {

/// Collective. Makes HDF5 calls that every rank enters alike (collective I/O, metadata), and agrees on errors
/// afterwards: such a call returns on every rank even where it failed on one. It differs from run_local in just that
/// its work is collective by itself, so that nothing in it may throw on one rank before the call that all are waiting
/// in.
template <class Calls>
void call_together(comm::Communicator const& comm, std::string_view stage, Calls&& calls) {
    comm::check_same_collective(comm, "call_together");
    std::string error;
    try {
        calls();
    } catch (std::exception const& e) {
        error = e.what();
    }
    comm::agree_on_error(comm, stage, error);
}

/// Most bytes that one rank gives to or takes from one HDF5 call.
inline constexpr std::uint64_t bytes_a_call = std::uint64_t{512} << 20;

/// Local. Opens a data set; throws core::DataError when it is missing, or not of the given shape (rows, or rows x
/// width).
Handle open_dataset(hid_t file, char const* path, std::uint64_t rows, std::uint64_t width = 1);
/// Local. The number of rows of a data set.
std::uint64_t rows_of(hid_t file, char const* path);

/// How the data sets of a file are laid out; `chunk_rows` 0 means contiguous.
struct Layout {
    std::uint64_t chunk_rows = 0;
    unsigned deflate_level = 0;
};
/// Local. Creates a data set of rows, or of rows x width; a contiguous one gets its place in the file at once.
Handle create_dataset(hid_t file, char const* path, hid_t type, std::uint64_t rows, std::uint64_t width,
                      Layout const& layout);

/// Local. A transfer property list of a rank that is alone.
Handle plain_transfer();

/// Local. A transfer property list by which all ranks write together.
Handle collective_transfer();

/// Local by itself; with a collective transfer list, entered by all ranks. Reads or writes the rows of the ranges, in
/// order, from or to `values`; empty ranges select nothing. Shape: the sum of the ranges, times width.
void read_ranges(hid_t dataset, std::span<RowRange const> ranges, std::uint64_t width, hid_t memory_type, void* values,
                 hid_t transfer);
void write_range(hid_t dataset, RowRange range, std::uint64_t width, hid_t memory_type, void const* values,
                 hid_t transfer);

}  // namespace tessera::store
