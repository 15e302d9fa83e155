#include "direct_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "handle.hpp"
#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

[[noreturn]] void fail(std::string const& path, std::string const& problem) {
    throw core::DataError(core::describe({path, 0, "", ""}, problem, "copy or ingest it again"));
}

FileVersion version_in(struct stat const& status) {
    constexpr std::uint64_t ns_a_second = 1'000'000'000;
    return {static_cast<std::uint64_t>(status.st_size),
            static_cast<std::uint64_t>(status.st_mtim.tv_sec) * ns_a_second +
                static_cast<std::uint64_t>(status.st_mtim.tv_nsec)};
}

}  // namespace

FileVersion version_of(std::string const& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? version_in(status) : FileVersion{};
}

std::uint64_t offset_of(hid_t dataset, hid_t memory_type) {
    Handle const list(check(H5Dget_create_plist(dataset), "H5Dget_create_plist", "column"), H5Pclose);
    Handle const type(check(H5Dget_type(dataset), "H5Dget_type", "column"), H5Tclose);
    bool const plain = H5Pget_layout(list.get()) == H5D_CONTIGUOUS && H5Pget_external_count(list.get()) == 0 &&
                       H5Tequal(type.get(), memory_type) > 0;
    haddr_t const offset = plain ? H5Dget_offset(dataset) : HADDR_UNDEF;
    return offset == HADDR_UNDEF ? no_offset : std::uint64_t{offset};
}

DirectFile::DirectFile(std::string path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) fail(path_, "cannot be opened: " + core::system_error_text(errno));
}

FileVersion DirectFile::version() const {
    struct stat status {};
    return ::fstat(descriptor_, &status) == 0 ? version_in(status) : FileVersion{};
}

void DirectFile::require(FileVersion const& version) const {
    if (this->version() != version)
        throw core::DataError(
            core::describe({path_, 0, "", ""}, "was replaced while it was being opened", "run again"));
}

void DirectFile::read(std::uint64_t offset, void* to, std::size_t bytes) const {
    auto* next = static_cast<char*>(to);
    while (bytes > 0) {
        ssize_t const got = ::pread(descriptor_, next, bytes, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path_, "cannot be read: " + core::system_error_text(errno));
        if (got == 0) fail(path_, "is cut short");
        next += got;
        offset += static_cast<std::uint64_t>(got);
        bytes -= static_cast<std::size_t>(got);
    }
}

void DirectFile::announce(std::uint64_t offset, std::uint64_t bytes) const {
    ::posix_fadvise(descriptor_, static_cast<off_t>(offset), static_cast<off_t>(bytes), POSIX_FADV_WILLNEED);
}

}  // namespace tessera::store
