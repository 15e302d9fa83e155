#include "tessera/report/write_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <system_error>
#include <utility>

#include "output_stream.hpp"

namespace tessera::report {
namespace {

namespace fs = std::filesystem;

/// Owns an open file.
class File {
  public:
    File(fs::path const& path, int flags, std::string name) : name_(std::move(name)) {
        do
            descriptor_ = ::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, 0666);
        while (descriptor_ < 0 && errno == EINTR);
        if (descriptor_ < 0) throw_write_error(name_, errno);
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int descriptor() const { return descriptor_; }
    void sync() const {
        // What cannot be synced (a pipe, some network folders) says EINVAL or ENOTSUP: that is no loss of data.
        if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) throw_write_error(name_, errno);
    }
    /// A full network folder may tell only now.
    void close() {
        if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) throw_write_error(name_, errno);
    }

  private:
    int descriptor_ = -1;
    std::string name_;
};

/// Removes a file at the end of its life, unless it has been renamed.
class Temporary {
  public:
    explicit Temporary(fs::path path) : path_(std::move(path)) {}
    Temporary(Temporary const&) = delete;
    Temporary& operator=(Temporary const&) = delete;
    ~Temporary() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    fs::path const& path() const { return path_; }
    void rename_to(fs::path const& path, std::string const& name) {
        if (::rename(path_.c_str(), path.c_str()) != 0) throw_write_error(name, errno);
        path_.clear();
    }

  private:
    fs::path path_;
};

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

void write_to(int descriptor, std::string const& name, WriteOutput const& write) {
    BrokenPipeIsAnError const guard;
    OutputStream out(descriptor, name);
    write(out);
    out.flush();
}

enum class Wait { until_on_disk, for_nothing };

void write_and_rename(fs::path const& path, std::string const& name, WriteOutput const& write, Wait wait) {
    // The process's number keeps two runs that write the same output out of each other's way.
    fs::path temporary_path = path;
    temporary_path += fmt::format(".partial-{}", ::getpid());
    File file(temporary_path, O_CREAT | O_TRUNC, name);
    Temporary temporary(temporary_path);
    write_to(file.descriptor(), name, write);
    if (wait == Wait::until_on_disk) file.sync();
    file.close();
    temporary.rename_to(path, name);
}

void write_at(fs::path const& path, WriteOutput const& write, Wait wait) {
    std::string const name = fmt::format("'{}'", path.string());
    std::error_code absent;
    fs::path const found = fs::canonical(path, absent);  // behind links
    if (absent) return write_and_rename(path, name, write, wait);
    if (fs::is_directory(found)) throw_write_error(name, EISDIR);
    if (fs::is_regular_file(found)) return write_and_rename(found, name, write, wait);
    File device(found, 0, name);
    write_to(device.descriptor(), name, write);
    device.close();
}

}  // namespace

void write_file(fs::path const& path, WriteOutput const& write) {
    write_at(path, write, Wait::until_on_disk);
}

void replace_file(fs::path const& path, WriteOutput const& write) {
    write_at(path, write, Wait::for_nothing);
}

void write_file(fs::path const& path, std::span<std::byte const> bytes) {
    write_file(path, [&](std::ostream& out) {
        out.write(reinterpret_cast<char const*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    });
}

void write_stdout(WriteOutput const& write) {
    std::cout.flush();  // what was said before comes before
    write_to(STDOUT_FILENO, "standard output", write);
}

void write_output(std::optional<fs::path> const& path, WriteOutput const& write) {
    path ? write_file(*path, write) : write_stdout(write);
}

}  // namespace tessera::report
