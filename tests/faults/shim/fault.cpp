// The plan of faults, out of the environment:
//   TESSERA_FAULT       "RANK DEED OBJECT NTH WHAT", several with ';' between them. RANK: a number or '*'. DEED: mpi,
//   open,
//                       read, write, sync, rename, memory. OBJECT: a part of the path or of the MPI function's name, or
//                       '*'; of memory, the least size in bytes. NTH: 7, the seventh time; 7+, each time from then on.
//                       WHAT: kill, stop, hold (until the mark is removed), truncate (cut the file in half, then go
//                       on), remove (the file, then go on), short, nomem, or the number of an errno.
//   TESSERA_FAULT_MARK  a file beside which it is noted that a fault has happened: MARK.RANK
//   TESSERA_FAULT_LOG   a file beside which all deeds are listed: LOG.RANK
//   TESSERA_FAULT_HOME  only files in this folder count
#include "fault.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace faults {
namespace {

constexpr std::array deed_names{"mpi", "open", "read", "write", "sync", "rename", "memory"};
constexpr std::size_t longest_path = 4096;

struct Fault {
    Deed deed = Deed::mpi;
    char object[256] = "";
    std::size_t least_bytes = 0;
    long nth = 0;
    bool goes_on = false;
    char what[32] = "";
    std::atomic<long> met{0};
};

struct Plan {
    std::array<Fault, 4> faults;
    std::size_t count = 0;
    int log = -1;
    char mark[longest_path] = "";
    char home[longest_path] = "";

    Plan() noexcept;
    void add(char const* text, char const* rank) noexcept;
};

/// Whatever the shim itself does is no deed.
thread_local bool inside = false;
class Inside {
  public:
    Inside() noexcept : before_(inside) { inside = true; }
    ~Inside() { inside = before_; }
    Inside(Inside const&) = delete;
    Inside& operator=(Inside const&) = delete;

  private:
    bool before_;
};

char const* rank_of_process() noexcept {
    char const* const rank = std::getenv("OMPI_COMM_WORLD_RANK");
    return rank == nullptr ? "0" : rank;
}

int open_raw(char const* path, int flags) noexcept {
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0666));
}

void write_raw(int descriptor, char const* text, int size) noexcept {
    ::syscall(SYS_write, descriptor, text, static_cast<std::size_t>(size));
}

[[noreturn]] void refuse(char const* text) noexcept {
    std::fprintf(stderr, "faults: TESSERA_FAULT '%s' is no fault\n", text);
    ::_exit(99);
}

void Plan::add(char const* text, char const* rank) noexcept {
    if (count == faults.size()) refuse(text);
    Fault& fault = faults[count];
    char who[16] = "", deed[16] = "", nth[24] = "";
    if (std::sscanf(text, "%15s %15s %255s %23s %31s", who, deed, fault.object, nth, fault.what) != 5) refuse(text);
    std::size_t kind = 0;
    while (kind < deed_names.size() && std::strcmp(deed, deed_names[kind]) != 0)
        ++kind;
    if (kind == deed_names.size()) refuse(text);
    fault.deed = static_cast<Deed>(kind);
    char* end = nullptr;
    fault.nth = std::strtol(nth, &end, 10);
    fault.goes_on = *end == '+';
    if (fault.deed == Deed::memory) fault.least_bytes = std::strtoull(fault.object, nullptr, 10);
    if (std::strcmp(who, "*") == 0 || std::strcmp(who, rank) == 0) ++count;
}

Plan::Plan() noexcept {
    Inside const guard;
    char const* const rank = rank_of_process();
    auto const text_of = [](char const* name) { return std::getenv(name) == nullptr ? "" : std::getenv(name); };
    std::snprintf(home, sizeof home, "%s", text_of("TESSERA_FAULT_HOME"));
    std::snprintf(mark, sizeof mark, "%s.%s", text_of("TESSERA_FAULT_MARK"), rank);
    char path[longest_path];
    std::snprintf(path, sizeof path, "%s.%s", text_of("TESSERA_FAULT_LOG"), rank);
    if (std::getenv("TESSERA_FAULT_LOG") != nullptr) log = open_raw(path, O_WRONLY | O_CREAT | O_APPEND);
    std::string faults_text = text_of("TESSERA_FAULT");
    for (char* part = std::strtok(faults_text.data(), ";"); part != nullptr; part = std::strtok(nullptr, ";"))
        add(part, rank);
}

Plan& plan() noexcept {
    static Plan the_plan;
    return the_plan;
}

bool concerns(Fault const& fault, Deed deed, char const* object, std::size_t bytes) noexcept {
    if (fault.deed != deed) return false;
    if (deed == Deed::memory) return bytes >= fault.least_bytes;
    return std::strcmp(fault.object, "*") == 0 || std::strstr(object, fault.object) != nullptr;
}

/// Says that the fault has happened, so that a test knows that it tested something.
void leave_mark(Plan const& all, Deed deed, char const* object, long nth) noexcept {
    char text[longest_path + 64];
    int const size = std::snprintf(text, sizeof text, "%d %s %s %ld\n", static_cast<int>(::getpid()),
                                   deed_names[static_cast<std::size_t>(deed)], object, nth);
    int const file = open_raw(all.mark, O_WRONLY | O_CREAT | O_APPEND);
    if (file >= 0) write_raw(file, text, size);
    if (file >= 0) ::syscall(SYS_close, file);
}

void hold(char const* mark) noexcept {
    timespec const turn{0, 5'000'000};
    while (::access(mark, F_OK) == 0)
        ::nanosleep(&turn, nullptr);
}

/// Half of what it is now.
void cut(char const* path) noexcept {
    struct stat status {};
    if (::stat(path, &status) == 0) ::syscall(SYS_truncate, path, status.st_size / 2);
}

Fate suffer(Plan const& all, Fault const& fault, char const* object) noexcept {
    char const* const what = fault.what;
    Fate fate;
    if (std::strcmp(what, "kill") == 0)
        ::kill(::getpid(), SIGKILL);
    else if (std::strcmp(what, "stop") == 0)
        ::kill(::getpid(), SIGSTOP);
    else if (std::strcmp(what, "hold") == 0)
        hold(all.mark);
    else if (std::strcmp(what, "truncate") == 0)
        cut(object);
    else if (std::strcmp(what, "remove") == 0)
        ::syscall(SYS_unlinkat, AT_FDCWD, object, 0);
    else if (std::strcmp(what, "short") == 0)
        fate.is_short = true;
    else if (std::strcmp(what, "nomem") == 0)
        fate.is_refused = true;
    else if ((fate.error = std::atoi(what)) <= 0)
        refuse(what);
    return fate;
}

}  // namespace

Fate meet(Deed deed, char const* object, std::size_t bytes) noexcept {
    Fate fate;
    if (inside) return fate;
    Inside const guard;
    int const kept_errno = errno;
    Plan& all = plan();
    char path[longest_path];
    if (deed != Deed::mpi && deed != Deed::memory && std::strcmp(object, "stdout") != 0) {
        if (*object != '/' && ::getcwd(path, sizeof path) != nullptr) {
            std::size_t const length = std::strlen(path);
            std::snprintf(path + length, sizeof path - length, "/%s", object);
            object = path;
        }
        if (std::strncmp(object, all.home, std::strlen(all.home)) != 0) return fate;
    }
    if (all.log >= 0 && deed != Deed::memory) {
        char line[longest_path + 64];
        int const size =
            std::snprintf(line, sizeof line, "%s %s %zu\n", deed_names[static_cast<std::size_t>(deed)], object, bytes);
        write_raw(all.log, line, size);
    }
    for (std::size_t i = 0; i < all.count; ++i) {
        Fault& fault = all.faults[i];
        if (!concerns(fault, deed, object, bytes)) continue;
        long const nth = ++fault.met;
        if (nth != fault.nth && !(fault.goes_on && nth > fault.nth)) continue;
        leave_mark(all, deed, object, nth);
        fate = suffer(all, fault, object);
    }
    errno = kept_errno;
    return fate;
}

Fate meet(Deed deed, int descriptor, std::size_t bytes) noexcept {
    if (inside) return {};
    if (descriptor == STDOUT_FILENO) return meet(deed, "stdout", bytes);
    int const kept_errno = errno;
    char link[64], path[longest_path];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t const size = ::readlink(link, path, sizeof path - 1);
    errno = kept_errno;
    if (size <= 0 || *path != '/') return {};  // a pipe, a socket
    path[size] = '\0';
    return meet(deed, path, bytes);
}

}  // namespace faults
