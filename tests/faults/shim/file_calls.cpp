// Stands before the C library's calls on files, in the order of the link: each meets its fate first.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstdarg>

#include "fault.hpp"

namespace {

using faults::Deed;
using faults::Fate;

/// The function of that name which would have been called without this one.
template <class Function>
Function* next(char const* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// Whether it fails; errno is then set.
bool fails(Fate const& fate) {
    if (fate.error == 0) return false;
    errno = fate.error;
    return true;
}

/// What is left of a size in a short read or write.
std::size_t part_of(Fate const& fate, std::size_t bytes) {
    return fate.is_short && bytes > 1 ? bytes / 2 : bytes;
}

int mode_in(int flags, va_list arguments) {
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, int) : 0;
}

std::size_t bytes_in(iovec const* parts, int count) {
    std::size_t bytes = 0;
    for (int i = 0; i < count; ++i)
        bytes += parts[i].iov_len;
    return bytes;
}

}  // namespace

extern "C" {

#define TESSERA_OPEN(name)                                                 \
    int name(char const* path, int flags, ...) {                           \
        va_list arguments;                                                 \
        va_start(arguments, flags);                                        \
        int const mode = mode_in(flags, arguments);                        \
        va_end(arguments);                                                 \
        if (fails(faults::meet(Deed::open, path))) return -1;              \
        return next<int(char const*, int, ...)>(#name)(path, flags, mode); \
    }
TESSERA_OPEN(open)
TESSERA_OPEN(open64)

#define TESSERA_TRANSFER(name, deed, Bytes)                                                           \
    ssize_t name(int descriptor, Bytes bytes, std::size_t size) {                                     \
        Fate const fate = faults::meet(deed, descriptor, size);                                       \
        if (fails(fate)) return -1;                                                                   \
        return next<ssize_t(int, Bytes, std::size_t)>(#name)(descriptor, bytes, part_of(fate, size)); \
    }
TESSERA_TRANSFER(read, Deed::read, void*)
TESSERA_TRANSFER(write, Deed::write, void const*)

#define TESSERA_TRANSFER_AT(name, deed, Bytes)                                                                       \
    ssize_t name(int descriptor, Bytes bytes, std::size_t size, off_t offset) {                                      \
        Fate const fate = faults::meet(deed, descriptor, size);                                                      \
        if (fails(fate)) return -1;                                                                                  \
        return next<ssize_t(int, Bytes, std::size_t, off_t)>(#name)(descriptor, bytes, part_of(fate, size), offset); \
    }
TESSERA_TRANSFER_AT(pread, Deed::read, void*)
TESSERA_TRANSFER_AT(pread64, Deed::read, void*)
TESSERA_TRANSFER_AT(pwrite, Deed::write, void const*)
TESSERA_TRANSFER_AT(pwrite64, Deed::write, void const*)

#define TESSERA_TRANSFER_PARTS(name, deed)                                                            \
    ssize_t name(int descriptor, iovec const* parts, int count, off_t offset) {                       \
        if (fails(faults::meet(deed, descriptor, bytes_in(parts, count)))) return -1;                 \
        return next<ssize_t(int, iovec const*, int, off_t)>(#name)(descriptor, parts, count, offset); \
    }
TESSERA_TRANSFER_PARTS(preadv, Deed::read)
TESSERA_TRANSFER_PARTS(pwritev, Deed::write)

ssize_t writev(int descriptor, iovec const* parts, int count) {
    if (fails(faults::meet(Deed::write, descriptor, bytes_in(parts, count)))) return -1;
    return next<ssize_t(int, iovec const*, int)>("writev")(descriptor, parts, count);
}

// Room that is taken beforehand is written, too.
int fallocate(int descriptor, int mode, off_t offset, off_t size) {
    if (fails(faults::meet(Deed::write, descriptor, static_cast<std::size_t>(size)))) return -1;
    return next<int(int, int, off_t, off_t)>("fallocate")(descriptor, mode, offset, size);
}

int fsync(int descriptor) {
    if (fails(faults::meet(Deed::sync, descriptor))) return -1;
    return next<int(int)>("fsync")(descriptor);
}

int fdatasync(int descriptor) {
    if (fails(faults::meet(Deed::sync, descriptor))) return -1;
    return next<int(int)>("fdatasync")(descriptor);
}

int rename(char const* from, char const* to) noexcept {
    if (fails(faults::meet(Deed::rename, to))) return -1;
    return next<int(char const*, char const*)>("rename")(from, to);
}

int renameat2(int from_folder, char const* from, int to_folder, char const* to, unsigned flags) noexcept {
    if (fails(faults::meet(Deed::rename, to))) return -1;
    return next<int(int, char const*, int, char const*, unsigned)>("renameat2")(from_folder, from, to_folder, to,
                                                                                flags);
}

}  // extern "C"
