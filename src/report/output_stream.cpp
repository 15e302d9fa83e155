#include "tessera/report/output_stream.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "tessera/core/error.hpp"

namespace tessera::report {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

/// While it lives, a write into a closed pipe is an error (EPIPE) and not the end of the process.
class BrokenPipeIsAnError {
  public:
    BrokenPipeIsAnError() {
        struct sigaction ignore {};
        ignore.sa_handler = SIG_IGN;
        ::sigaction(SIGPIPE, &ignore, &before_);
    }
    BrokenPipeIsAnError(BrokenPipeIsAnError const&) = delete;
    BrokenPipeIsAnError& operator=(BrokenPipeIsAnError const&) = delete;
    ~BrokenPipeIsAnError() { ::sigaction(SIGPIPE, &before_, nullptr); }

  private:
    struct sigaction before_ {};
};

char const* remedy_for(int error_number) {
    switch (error_number) {
        case EPIPE:
            return "let its reader read to the end, or ask for fewer rows";
        case ENOSPC:
        case EDQUOT:
            return "free some space or name another folder";
        case ENOENT:
        case ENOTDIR:
            return "make the folder first or name another";
        case EACCES:
        case EPERM:
        case EROFS:
            return "name a folder in which you may write";
        case EISDIR:
            return "give a file name as well";
        default:
            return "check it or name another output";
    }
}

}  // namespace

void throw_write_error(std::string const& name, int error_number) {
    throw core::DataError(
        fmt::format("cannot write {} ({}); {}", name, core::system_error_text(error_number), remedy_for(error_number)));
}

DescriptorBuffer::DescriptorBuffer(int descriptor, std::string name)
    : descriptor_(descriptor), name_(std::move(name)), bytes_(buffer_bytes) {
    setp(bytes_.data(), bytes_.data() + bytes_.size());
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
    write_out();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
}

int DescriptorBuffer::sync() {
    write_out();
    return 0;
}

void DescriptorBuffer::write_out() {
    char const* next = pbase();
    char const* const end = pptr();
    setp(bytes_.data(), bytes_.data() + bytes_.size());  // also where writing fails: never twice
    BrokenPipeIsAnError const guard;
    while (next < end) {
        ssize_t const written = ::write(descriptor_, next, static_cast<std::size_t>(end - next));
        if (written >= 0) {
            next += written;
        } else if (errno == EAGAIN) {  // a terminal or pipe that a neighbour has set not to block
            pollfd ready{descriptor_, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            throw_write_error(name_, errno);
        }
    }
}

OutputStream::OutputStream(int descriptor, std::string name)
    : std::ostream(nullptr), buffer_(descriptor, std::move(name)) {
    rdbuf(&buffer_);
    exceptions(std::ios::badbit);
}

}  // namespace tessera::report
