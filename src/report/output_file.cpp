#include "tessera/report/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "tessera/core/folder_names.hpp"
#include "tessera/report/output_stream.hpp"

namespace tessera::report {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view temporary_mark = ".partial-";

/// Whether the file that is open still has its name.
bool is_named(int descriptor, fs::path const& path) {
    struct stat opened {
    }, named{};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

/// Whether a name is `name`.partial-NUMBER.
bool is_temporary_of(std::string_view name, std::string const& file) {
    std::string const start = file + std::string(temporary_mark);
    return name.starts_with(start) && name.size() > start.size() &&
           name.find_first_not_of("0123456789", start.size()) == std::string_view::npos;
}

}  // namespace

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
        written_ += fmt::format("{}{}", temporary_mark, ::getpid());
        do {  // until it is ours, and not removed by who took it for left over
            if (descriptor_ >= 0) ::close(descriptor_);
            open(O_CREAT | O_TRUNC);
        } while (!lock());
        unfinished_.emplace(written_.string(), core::Unfinished::Kind::file);
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

bool OutputFile::lock() const {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;  // else there are no locks
    return is_named(descriptor_, written_);
}

void OutputFile::sync() const {
    // What cannot be synced (some network folders) says EINVAL or ENOTSUP: that is no loss of data.
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) throw_write_error(name_, errno);
}

void OutputFile::close_once() const {
    // A full network folder may tell only when a file is closed; a copy of the descriptor keeps the lock.
    int const copy = ::dup(descriptor_);
    if (copy >= 0 && ::close(copy) != 0 && errno != EINTR) throw_write_error(name_, errno);
}

void OutputFile::finish(Wait wait) {
    bool const is_temporary = written_ != final_;
    if (is_temporary && wait == Wait::until_on_disk) sync();
    close_once();
    if (!is_temporary) return;
    unfinished_.reset();  // from the next line on, the file of that name may be another run's
    if (::rename(written_.c_str(), final_.c_str()) != 0) throw_write_error(name_, errno);
    written_ = final_;
}

std::vector<fs::path> remove_left_overs(fs::path const& path) {
    std::vector<fs::path> removed;
    std::error_code error;
    fs::path const final = fs::weakly_canonical(fs::absolute(path), error);  // behind links, as OutputFile goes
    std::vector<std::string> names;
    try {
        names = core::names_in(final.parent_path());
    } catch (std::system_error const&) {  // what cannot be listed stays
    }
    for (std::string const& name : names) {
        if (!is_temporary_of(name, final.filename().string())) continue;
        fs::path const found = final.parent_path() / name;
        int const descriptor = ::open(found.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (descriptor < 0) continue;
        bool const is_left = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && is_named(descriptor, found);
        if (is_left && ::unlink(found.c_str()) == 0) removed.emplace_back(name);
        ::close(descriptor);
    }
    return removed;
}

}  // namespace tessera::report
