#include "input_descriptor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

[[noreturn]] void throw_read_error(std::string const& name, char const* what, int error_number, char const* remedy) {
    throw core::DataError(
        core::describe({name, 0, "", ""}, what + (": " + core::system_error_text(error_number)), remedy));
}

}  // namespace

InputDescriptor::InputDescriptor(std::string const& place)
    : name_(place == "-" ? "standard input" : place), descriptor_(STDIN_FILENO), is_ours_(place != "-") {
    // Not to block is for the open itself, which would wait for a named pipe's writer and not hear of a stop.
    if (is_ours_) descriptor_ = ::open(place.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0 || S_ISDIR(status.st_mode)) {
        int const error = descriptor_ >= 0 && S_ISDIR(status.st_mode) ? EISDIR : errno;
        if (is_ours_ && descriptor_ >= 0) ::close(descriptor_);
        throw_read_error(name_, "cannot be opened", error,
                         is_ours_ ? "check the path and its permissions" : "give it a file or a pipe (< FILE)");
    }
    is_regular_ = S_ISREG(status.st_mode);
    if (is_regular_) start_ = ::lseek(descriptor_, 0, SEEK_CUR);
}

InputDescriptor::~InputDescriptor() {
    if (is_ours_) ::close(descriptor_);
}

Woken InputDescriptor::wait(StopSignal const& stop, std::chrono::milliseconds longest) const {
    constexpr std::chrono::milliseconds::rep an_hour = 3'600'000;
    std::array<pollfd, 2> watched{{{descriptor_, POLLIN, 0}, {stop.descriptor(), POLLIN, 0}}};
    auto const patience = std::clamp<std::chrono::milliseconds::rep>(longest.count(), 0, an_hour);
    int const events = ::poll(watched.data(), watched.size(), static_cast<int>(patience));
    if (stop.requested()) return Woken::stop;
    if (events < 0 && errno != EINTR) throw_read_error(name_, "cannot be waited for", errno, "name another input");
    return events > 0 && watched[0].revents != 0 ? Woken::input : Woken::time;
}

InputDescriptor::Piece InputDescriptor::read(std::span<char> room) const {
    ssize_t const got = ::read(descriptor_, room.data(), room.size());
    if (got > 0) return {static_cast<std::size_t>(got), false};
    if (got == 0) return {0, true};
    if (errno == EAGAIN || errno == EINTR) return {};
    throw_read_error(name_, "cannot be read", errno, "check the disk or whoever writes into it");
}

void InputDescriptor::rewind() const {
    if (::lseek(descriptor_, start_, SEEK_SET) < 0)
        throw_read_error(name_, "cannot be read again from its start", errno, "leave --repeat out");
}

}  // namespace tessera::feed
