#include "asked.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <stdexcept>

#include "tessera/app/command.hpp"
#include "tessera/core/error.hpp"

namespace tessera::damage {
namespace {

/// A stream of this process goes into memory while this lives.
class Caught {
  public:
    explicit Caught(int descriptor)
        : descriptor_(descriptor), before_(::dup(descriptor)), memory_(::memfd_create("caught", MFD_CLOEXEC)) {
        if (before_ < 0 || memory_ < 0 || ::dup2(memory_, descriptor_) < 0)
            throw std::runtime_error("cannot catch a stream");
    }
    ~Caught() {
        std::cout.flush();
        std::fflush(nullptr);
        ::dup2(before_, descriptor_);
        ::close(before_);
        ::close(memory_);
    }
    Caught(Caught const&) = delete;
    Caught& operator=(Caught const&) = delete;

    std::string text() const {
        std::cout.flush();
        std::fflush(nullptr);
        std::string found(static_cast<std::size_t>(::lseek(memory_, 0, SEEK_END)), '\0');
        ssize_t const got = ::pread(memory_, found.data(), found.size(), 0);
        found.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        return found;
    }

  private:
    int descriptor_, before_, memory_;
};

}  // namespace

Asked ask(comm::Communicator const& comm, std::vector<std::string> const& words) {
    Caught const out(STDOUT_FILENO), notes(STDERR_FILENO);
    Asked asked;
    try {
        auto const invocation = app::read_command_line(words);
        invocation.job(comm, invocation.launch);
    } catch (core::StageError const& error) {
        asked.error = error.what();
    } catch (std::exception const& error) {
        asked.error = std::string("no rank agreed on it: ") + error.what();
    }
    asked.answer = out.text();
    return asked;
}

}  // namespace tessera::damage
