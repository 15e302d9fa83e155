#pragma once
#include <hdf5.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "tessera/core/columns.hpp"

namespace tessera::store {

/// Where in the file the values of each column begin: side by side, as they are in memory. `no_offset` for a column
/// that HDF5 must take apart (chunks, compression) or convert.
using ColumnOffsets = std::array<std::uint64_t, core::column_count>;
inline constexpr std::uint64_t no_offset = std::numeric_limits<std::uint64_t>::max();

/// Local. The offset of an open data set whose values are wanted as `memory_type`.
std::uint64_t offset_of(hid_t dataset, hid_t memory_type);

/// What tells a file from the one that takes its name later.
struct FileVersion {
    std::uint64_t bytes = 0;
    std::uint64_t changed_ns = 0;  ///< since 1970
    friend bool operator==(FileVersion const&, FileVersion const&) = default;
};

/// Local. The version of the file that has the name now; of no file where there is none.
FileVersion version_of(std::string const& path);

/// A store's file, read past HDF5: any number of threads may read at a time, each straight into its place, and ranks
/// need not wait for each other.
class DirectFile {
  public:
    /// Local. Throws core::DataError where the file cannot be opened.
    explicit DirectFile(std::string path);
    ~DirectFile() { ::close(descriptor_); }
    DirectFile(DirectFile const&) = delete;
    DirectFile& operator=(DirectFile const&) = delete;

    std::string const& path() const { return path_; }

    /// Local. That of the open file.
    FileVersion version() const;

    /// Local. Throws core::DataError where the file is not that one: it was replaced between two looks at its name.
    void require(FileVersion const& version) const;

    /// Local. Fills `to`. Throws core::DataError where the file ends before, or cannot be read.
    void read(std::uint64_t offset, void* to, std::size_t bytes) const;

    /// Local. Says that this will be read: the disk fetches it meanwhile, and many small pieces at a time.
    void announce(std::uint64_t offset, std::uint64_t bytes) const;

  private:
    std::string path_;
    int descriptor_;
};

}  // namespace tessera::store
