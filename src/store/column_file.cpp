#include "column_file.hpp"

#include <fcntl.h>
#include <omp.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>

#include "tessera/core/error.hpp"
#include "tessera/core/exception_keeper.hpp"

namespace tessera::store {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are little-endian on disk, and written as they are");

/// Rows whose columns are written together: the more, the larger the pieces that the system takes, up to a megabyte of
/// a column; but each thread has several, so that all end at about the same time.
std::uint64_t rows_a_batch(std::uint64_t rows) {
    auto const threads = static_cast<std::uint64_t>(omp_get_max_threads());
    return std::clamp<std::uint64_t>(rows / (8 * threads), std::uint64_t{1} << 14, std::uint64_t{1} << 18);
}

/// After so many bytes the system is asked to start bringing them to the disk, so that little is left for the end.
constexpr std::uint64_t bytes_to_start = std::uint64_t{64} << 20;

/// A file that is written at any place, by several threads at once.
class ColumnFile {
  public:
    explicit ColumnFile(std::string const& path) : descriptor_(::open(path.c_str(), O_WRONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) fail("cannot be opened");
    }
    ~ColumnFile() { ::close(descriptor_); }
    ColumnFile(ColumnFile const&) = delete;
    ColumnFile& operator=(ColumnFile const&) = delete;

    void write(void const* bytes, std::size_t size, std::uint64_t offset) const {
        for (auto const* at = static_cast<char const*>(bytes); size > 0;) {
            ssize_t const done = ::pwrite(descriptor_, at, size, static_cast<off_t>(offset));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail("cannot write");
            at += done;
            size -= static_cast<std::size_t>(done);
            offset += static_cast<std::uint64_t>(done);
        }
    }
    /// Asks the system to start writing to the disk; whether it does shows in the end.
    void start_sync() const {
#ifdef SYNC_FILE_RANGE_WRITE
        ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
    }
    void sync() const {
        if (::fdatasync(descriptor_) != 0) fail("cannot be brought to the disk");
    }

  private:
    [[noreturn]] static void fail(char const* what) {
        throw core::DataError(std::string(what) + ": " + core::system_error_text(errno));
    }
    int descriptor_;
};

/// Writes each column's rows to where they belong.
void write_batch(ColumnFile const& file, ColumnOffsets const& offsets, core::TripTable const& columns,
                 std::uint64_t first_row) {
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        auto const& column = columns.*place.in_table;
        file.write(column.data(), column.size() * sizeof(T),
                   offsets[static_cast<std::size_t>(place.id)] + first_row * sizeof(T));
    });
}

}  // namespace

void write_columns(std::string const& path, ColumnOffsets const& offsets, StorePart const& part) {
    ColumnFile const file(path);
    std::uint64_t const size = rows_a_batch(part.rows()), batches = (part.rows() + size - 1) / size;
    std::uint64_t const batches_to_start = bytes_to_start / (size * core::bytes_per_trip()) + 1;
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        core::TripTable columns;  // a thread's own, for all its batches
#pragma omp for schedule(dynamic)
        for (std::uint64_t batch = 0; batch < batches; ++batch)
            keeper.run([&] {
                std::uint64_t const begin = batch * size, end = std::min(begin + size, part.rows());
                part.fill(begin, end, columns);
                write_batch(file, offsets, columns, part.first_row() + begin);
                if (batch % batches_to_start == batches_to_start - 1) file.start_sync();
            });
    }
    keeper.rethrow();
    file.sync();
}

}  // namespace tessera::store
