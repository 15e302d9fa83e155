#include "writable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

[[noreturn]] void fail(char const* what) {
    throw core::DataError(std::string(what) + ": " + core::system_error_text(errno));
}

}  // namespace

WritableFile::WritableFile(std::string const& path) : descriptor_(::open(path.c_str(), O_WRONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) fail("cannot be opened");
}

WritableFile::~WritableFile() {
    ::close(descriptor_);
}

void WritableFile::write(void const* bytes, std::size_t size, std::uint64_t offset) const {
    for (auto const* at = static_cast<char const*>(bytes); size > 0;) {
        ssize_t const done = ::pwrite(descriptor_, at, size, static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) fail("cannot write");
        at += done;
        size -= static_cast<std::size_t>(done);
        offset += static_cast<std::uint64_t>(done);
    }
}

void WritableFile::start_sync() const {
#ifdef SYNC_FILE_RANGE_WRITE
    ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
}

void WritableFile::sync() const {
    if (::fdatasync(descriptor_) != 0) fail("cannot be brought to the disk");
}

}  // namespace tessera::store
