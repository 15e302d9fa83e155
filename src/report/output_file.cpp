#include "tessera/report/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "tessera/report/output_stream.hpp"

namespace tessera::report {

namespace fs = std::filesystem;

OutputFile::OutputFile(fs::path const& path) : name_(fmt::format("'{}'", path.string())), final_(path) {
    // The system is asked first, and only then the path: behind /dev/stdout may be a pipe, which is there and has no
    // path, and the link must not be replaced by a file.
    struct stat found {};
    bool const absent = ::stat(path.c_str(), &found) != 0;
    if (!absent && S_ISDIR(found.st_mode)) throw_write_error(name_, EISDIR);
    std::error_code nameless;
    if (!absent) final_ = fs::canonical(path, nameless);  // behind links
    if (nameless) final_ = path;
    written_ = final_;
    if (!absent && (nameless || !S_ISREG(found.st_mode))) {
        open(0);
    } else {
        // The process's number keeps two runs that write the same output out of each other's way.
        written_ += fmt::format(".partial-{}", ::getpid());
        open(O_CREAT | O_TRUNC);
    }
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (written_ != final_) ::unlink(written_.c_str());
}

void OutputFile::open(int flags) {
    do
        descriptor_ = ::open(written_.c_str(), flags | O_WRONLY | O_CLOEXEC, 0666);
    while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ < 0) throw_write_error(name_, errno);
}

void OutputFile::sync() const {
    // What cannot be synced (some network folders) says EINVAL or ENOTSUP: that is no loss of data.
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) throw_write_error(name_, errno);
}

void OutputFile::close() {
    // A full network folder may tell only now.
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) throw_write_error(name_, errno);
}

void OutputFile::finish(Wait wait) {
    bool const is_temporary = written_ != final_;
    if (is_temporary && wait == Wait::until_on_disk) sync();
    close();
    if (!is_temporary) return;
    if (::rename(written_.c_str(), final_.c_str()) != 0) throw_write_error(name_, errno);
    written_ = final_;
}

}  // namespace tessera::report
