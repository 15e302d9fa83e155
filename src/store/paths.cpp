#include "paths.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/store/write_store.hpp"

namespace tessera::store {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(std::string const& path) {
    fs::path const folder = fs::path(path).parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

[[noreturn]] void fail(std::string const& path, std::string const& problem, std::string const& remedy) {
    throw core::DataError(core::describe({path, 0, "", ""}, problem, remedy));
}

/// Opens a partial store, which may be what anybody has put there: not a link, behind which is another file, and
/// without waiting for the other end of a pipe.
int open_partial(std::string const& path, int flags) {
    return ::open(path.c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
}

bool is_file(int descriptor) {
    struct stat opened {};
    return ::fstat(descriptor, &opened) == 0 && S_ISREG(opened.st_mode);
}

/// Asks the system to bring a file's, or a folder's, contents to the disk.
void sync(std::string const& path) {
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    int const result = descriptor < 0 ? -1 : ::fsync(descriptor);
    int const error = errno;
    if (descriptor >= 0) ::close(descriptor);
    // Some file systems cannot sync a folder (EINVAL); the rename is then as safe as they make it.
    if (result != 0 && error != EINVAL)
        fail(path, "cannot be brought to the disk: " + core::system_error_text(error), "check the disk");
}

}  // namespace

std::string partial_path(std::string const& path) {
    return path + ".partial";
}

void check_place(std::string const& path, bool overwrite) {
    std::error_code error;
    fs::file_status const status = fs::status(path, error);
    if (fs::is_directory(status)) fail(path, "is a folder", "name a file for the store");
    // Devices and pipes are not to be replaced by a file; for root, /dev/null would be gone.
    if (fs::exists(status) && !fs::is_regular_file(status)) fail(path, "is no file", "name a file for the store");
    // A link is there even where what it points to is not.
    if (fs::exists(fs::symlink_status(path, error)) && !overwrite)
        fail(path, "exists already", "choose another name, or give --overwrite");
    fs::path const folder = folder_of(path);
    if (!fs::is_directory(folder, error)) fail(path, "its folder does not exist", "mkdir -p " + folder.string());
    if (::access(folder.c_str(), W_OK) != 0)
        fail(path, "its folder cannot be written: " + core::system_error_text(errno), "choose another folder");
}

void reserve_room(std::string const& path) {
    std::error_code error;
    auto const bytes = static_cast<off_t>(fs::file_size(path, error));
    int const descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    int const result = descriptor < 0 || error ? -1 : ::fallocate(descriptor, 0, 0, bytes);
    int const reason = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (result != 0 && reason != EOPNOTSUPP && reason != ENOSYS)
        throw core::DataError("no room for " + std::to_string(bytes) + " bytes: " + core::system_error_text(reason));
}

void require_seen_by_all(comm::Communicator const& comm, std::string const& path) {
    // Opened rather than looked up: network file systems ask their server anew when a file is opened.
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    int const reason = errno;
    auto const mine = descriptor < 0 ? std::int64_t{-1} : static_cast<std::int64_t>(::lseek(descriptor, 0, SEEK_END));
    if (descriptor >= 0) ::close(descriptor);
    std::int64_t roots = mine;
    comm::broadcast(comm, std::span<std::int64_t>(&roots, 1));
    comm::run_local(comm, "the store", [&] {
        if (mine < 0 || mine != roots)
            fail(path, "is not what rank 0 sees: " + (mine < 0 ? core::system_error_text(reason) : "its size differs"),
                 "put it on a file system that all hosts share");
    });
}

PartialClaim::PartialClaim(std::string const& path) : path_(path) {
    std::string const partial = partial_path(path);
    while (true) {
        descriptor_ = open_partial(partial, O_RDWR | O_CREAT);
        if (descriptor_ < 0)
            fail(path, partial + " cannot be written: " + core::system_error_text(errno),
                 "remove it, or choose another name");
        if (!is_file(descriptor_)) {
            ::close(descriptor_);
            fail(path, partial + " is no file", "remove it, or choose another name");
        }
        bool const locked = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;  // or there are none
        struct stat opened {
        }, named{};
        bool const same = ::fstat(descriptor_, &opened) == 0 && ::stat(partial.c_str(), &named) == 0 &&
                          opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
        if (locked && same) {
            unfinished_.emplace(partial, core::Unfinished::Kind::file);
            return;
        }
        ::close(descriptor_);
        if (!locked) fail(path, "another process is writing it", "wait for it, or choose another name");
        // Between our two calls its writer renamed it: what we hold is a finished store. Again, then.
    }
}

PartialClaim::~PartialClaim() {
    if (unfinished_) ::unlink(partial_path(path_).c_str());
    ::close(descriptor_);
}

bool has_left_over(std::string const& path) {
    int const descriptor = open_partial(partial_path(path), O_RDONLY);
    bool const is_free =
        descriptor >= 0 && is_file(descriptor) && (::flock(descriptor, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK);
    if (descriptor >= 0) ::close(descriptor);
    return is_free;
}

void PartialClaim::put_in_place(bool overwrite) {
    std::string const &path = path_, partial = partial_path(path);
    sync(partial);
    unfinished_.reset();  // from the next line on, the file of that name may be another run's
    // A store that appeared since we looked is not replaced either; where the file system cannot say so, we look again.
    int result = ::renameat2(AT_FDCWD, partial.c_str(), AT_FDCWD, path.c_str(), overwrite ? 0U : RENAME_NOREPLACE);
    if (result != 0 && errno == EINVAL && (overwrite || !fs::exists(path)))
        result = ::rename(partial.c_str(), path.c_str());
    if (result != 0) {
        int const error = errno;
        ::unlink(partial.c_str());
        fail(path, "the finished store cannot be renamed: " + core::system_error_text(error), "check the folder");
    }
    sync(folder_of(path).string());
}

}  // namespace tessera::store
