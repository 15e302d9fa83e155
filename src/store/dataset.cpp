#include "dataset.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

Handle make_space(std::uint64_t rows, std::uint64_t width) {
    hsize_t const extents[] = {rows, width};
    return {check(H5Screate_simple(width == 1 ? 1 : 2, extents, nullptr), "H5Screate_simple", "data space"), H5Sclose};
}

void select(hid_t space, H5S_seloper_t how, RowRange range, std::uint64_t width) {
    hsize_t const start[] = {range.first, 0}, count[] = {range.size(), width};
    check(H5Sselect_hyperslab(space, how, start, nullptr, count, nullptr), "H5Sselect_hyperslab", "rows");
}

}  // namespace

std::uint64_t rows_of(hid_t file, char const* path) {
    if (H5Lexists(file, path, H5P_DEFAULT) <= 0) throw core::DataError(fmt::format("data set '{}' is missing", path));
    Handle const dataset(check(H5Dopen2(file, path, H5P_DEFAULT), "H5Dopen2", path), H5Dclose);
    Handle const space(check(H5Dget_space(dataset.get()), "H5Dget_space", path), H5Sclose);
    hsize_t extents[H5S_MAX_RANK] = {};
    check(H5Sget_simple_extent_dims(space.get(), extents, nullptr), "H5Sget_simple_extent_dims", path);
    return extents[0];
}

Handle open_dataset(hid_t file, char const* path, std::uint64_t rows, std::uint64_t width) {
    if (H5Lexists(file, path, H5P_DEFAULT) <= 0) throw core::DataError(fmt::format("data set '{}' is missing", path));
    Handle dataset(check(H5Dopen2(file, path, H5P_DEFAULT), "H5Dopen2", path), H5Dclose);
    Handle const space(check(H5Dget_space(dataset.get()), "H5Dget_space", path), H5Sclose);
    hsize_t extents[H5S_MAX_RANK] = {};
    int const rank = check(H5Sget_simple_extent_dims(space.get(), extents, nullptr), "H5Sget_simple_extent_dims", path);
    bool const as_expected = rank == (width == 1 ? 1 : 2) && extents[0] == rows && (width == 1 || extents[1] == width);
    if (!as_expected)
        throw core::DataError(fmt::format("data set '{}' has {} rows where the store has {}", path, extents[0], rows));
    return dataset;
}

Handle create_dataset(hid_t file, char const* path, hid_t type, std::uint64_t rows, std::uint64_t width,
                      Layout const& layout) {
    Handle const space = make_space(rows, width);
    Handle const list(check(H5Pcreate(H5P_DATASET_CREATE), "H5Pcreate", path), H5Pclose);
    // Every row is written: filling the data set with zeros first would write the file twice.
    check(H5Pset_fill_time(list.get(), H5D_FILL_TIME_NEVER), "H5Pset_fill_time", path);
    // No time of day in the file: the same trips make the same bytes.
    check(H5Pset_obj_track_times(list.get(), false), "H5Pset_obj_track_times", path);
    if (layout.chunk_rows == 0 && rows > 0)
        check(H5Pset_alloc_time(list.get(), H5D_ALLOC_TIME_EARLY), "H5Pset_alloc_time", path);
    if (layout.chunk_rows > 0 && rows > 0) {
        hsize_t const chunk[] = {std::min(rows, layout.chunk_rows), width};
        check(H5Pset_chunk(list.get(), width == 1 ? 1 : 2, chunk), "H5Pset_chunk", path);
        check(H5Pset_shuffle(list.get()), "H5Pset_shuffle", path);
        check(H5Pset_deflate(list.get(), layout.deflate_level), "H5Pset_deflate", path);
    }
    return {check(H5Dcreate2(file, path, type, space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT), "H5Dcreate2", path),
            H5Dclose};
}

Handle plain_transfer() {
    return {check(H5Pcreate(H5P_DATASET_XFER), "H5Pcreate", "transfer"), H5Pclose};
}

Handle collective_transfer() {
    Handle list = plain_transfer();
    check(H5Pset_dxpl_mpio(list.get(), H5FD_MPIO_COLLECTIVE), "H5Pset_dxpl_mpio", "transfer");
    return list;
}

void read_ranges(hid_t dataset, std::span<RowRange const> ranges, std::uint64_t width, hid_t memory_type, void* values,
                 hid_t transfer) {
    Handle const file_space(check(H5Dget_space(dataset), "H5Dget_space", "read"), H5Sclose);
    std::uint64_t rows = 0;
    check(H5Sselect_none(file_space.get()), "H5Sselect_none", "read");
    for (RowRange const& range : ranges) {
        select(file_space.get(), rows == 0 ? H5S_SELECT_SET : H5S_SELECT_OR, range, width);
        rows += range.size();
    }
    Handle const memory_space = make_space(rows, width);
    if (rows == 0) check(H5Sselect_none(memory_space.get()), "H5Sselect_none", "read");
    check(H5Dread(dataset, memory_type, memory_space.get(), file_space.get(), transfer, values), "H5Dread", "read");
}

void write_range(hid_t dataset, RowRange range, std::uint64_t width, hid_t memory_type, void const* values,
                 hid_t transfer) {
    Handle const file_space(check(H5Dget_space(dataset), "H5Dget_space", "write"), H5Sclose);
    if (H5Sget_simple_extent_npoints(file_space.get()) == 0) return;  // HDF5 gives it no place in the file
    Handle const memory_space = make_space(range.size(), width);
    if (range.size() == 0) {
        check(H5Sselect_none(file_space.get()), "H5Sselect_none", "write");
        check(H5Sselect_none(memory_space.get()), "H5Sselect_none", "write");
    } else {
        select(file_space.get(), H5S_SELECT_SET, range, width);
    }
    check(H5Dwrite(dataset, memory_type, memory_space.get(), file_space.get(), transfer, values), "H5Dwrite", "write");
}

}  // namespace tessera::store
