#include "tessera/ingest/plain_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "tessera/core/error.hpp"

namespace tessera::ingest {

PlainFile::PlainFile(std::string const& path, std::string name)
    : name_(std::move(name)), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
        int const error = errno;
        if (descriptor_ >= 0) ::close(descriptor_);
        throw core::DataError(core::describe({path, 0, "", ""}, "cannot be opened: " + core::system_error_text(error),
                                             "check the path and its permissions"));
    }
    bytes_ = static_cast<std::uint64_t>(status.st_size);
}

PlainFile::~PlainFile() {
    ::close(descriptor_);
}

std::size_t PlainFile::read(std::uint64_t offset, std::span<char> text) const {
    std::size_t filled = 0;
    while (filled < text.size()) {
        ssize_t const got =
            ::pread(descriptor_, text.data() + filled, text.size() - filled, static_cast<off_t>(offset + filled));
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            throw core::DataError(core::describe(
                {name_, 0, "", ""},
                "cannot be read at byte " + std::to_string(offset + filled) + ": " + core::system_error_text(errno),
                "check the disk or the network file system"));
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

}  // namespace tessera::ingest
