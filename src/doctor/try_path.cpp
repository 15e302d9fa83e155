#include "tessera/doctor/try_path.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "tessera/comm/collectives.hpp"
#include "tessera/core/error.hpp"
#include "tessera/core/last_words.hpp"

namespace tessera::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_bytes = 4096;

/// A descriptor, closed at the end.
class File {
  public:
    File(std::string const& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

std::string name_of_file_system(std::string const& path) {
    constexpr std::array names{
        std::pair(0x6969UL, "nfs"),        std::pair(0xef53UL, "ext4"),        std::pair(0x58465342UL, "xfs"),
        std::pair(0x01021994UL, "tmpfs"),  std::pair(0x794c7630UL, "overlay"), std::pair(0x9123683eUL, "btrfs"),
        std::pair(0x0bd00bd0UL, "lustre"), std::pair(0x47504653UL, "gpfs"),    std::pair(0x65735546UL, "fuse"),
        std::pair(0xff534d42UL, "cifs"),   std::pair(0xfe534d42UL, "smb2"),    std::pair(0x00c36400UL, "ceph"),
        std::pair(0x01021997UL, "9p"),     std::pair(0x19830326UL, "beegfs"),  std::pair(0x2fc12fc1UL, "zfs")};
    struct statfs found {};
    if (statfs(path.c_str(), &found) != 0) return {};
    auto const type = static_cast<unsigned long>(found.f_type) & 0xffffffffUL;
    for (auto const& [number, name] : names)
        if (number == type) return name;
    return fmt::format("0x{:x}", type);
}

/// Every rank's own bytes at its own place.
std::array<char, block_bytes> block_of(int rank) {
    std::array<char, block_bytes> block;
    std::string const text = fmt::format("rank {} was here. ", rank);
    for (std::size_t i = 0; i < block_bytes; ++i)
        block[i] = text[i % text.size()];
    return block;
}

off_t place_of(int rank) {
    return static_cast<off_t>(rank) * static_cast<off_t>(block_bytes);
}

/// The root's file that all write to. It is removed with this, and where a signal ends the process before.
class Probe {
  public:
    Probe(fs::path const& folder, std::string& error) : name_((folder / ".tessera-doctor-XXXXXX").string()) {
        int const descriptor = ::mkstemp(name_.data());
        if (descriptor < 0) {
            error = "cannot be written: " + core::system_error_text(errno);
            name_.clear();
            return;
        }
        unfinished_.emplace(name_, core::Unfinished::Kind::file);
        ::close(descriptor);
    }
    ~Probe() {
        if (!name_.empty()) ::unlink(name_.c_str());
    }
    Probe(Probe const&) = delete;
    Probe& operator=(Probe const&) = delete;

    /// Empty where it could not be made.
    std::string const& name() const { return name_; }

  private:
    std::string name_;
    std::optional<core::Unfinished> unfinished_;
};

void look_at(std::string const& path, PathView& view) {
    struct stat found {};
    view.sees_it = ::stat(path.c_str(), &found) == 0;
    if (!view.sees_it) view.error = core::system_error_text(errno);
    if (view.sees_it && S_ISREG(found.st_mode)) view.bytes = static_cast<std::uint64_t>(found.st_size);
    view.file_system = name_of_file_system(path);
}

void write_block(std::string const& probe, int rank, PathView& view) {
    File const file(probe, O_WRONLY);
    view.sees_probe = file.is_open();
    if (!view.sees_probe) {
        if (view.error.empty())
            view.error = errno == ENOENT ? "what rank 0 writes there does not appear"
                                         : "cannot be written: " + core::system_error_text(errno);
        return;
    }
    auto const block = block_of(rank);
    ssize_t const written = ::pwrite(file.descriptor(), block.data(), block.size(), place_of(rank));
    if ((written != static_cast<ssize_t>(block.size()) || ::fsync(file.descriptor()) != 0) && view.error.empty())
        view.error = "cannot be written: " + core::system_error_text(written < 0 ? errno : ENOSPC);
}

/// Opened anew: a network file system then asks its server what the others have written.
bool reads_block(std::string const& probe, int rank) {
    File const file(probe, O_RDONLY);
    std::array<char, block_bytes> read{};
    return file.is_open() &&
           ::pread(file.descriptor(), read.data(), read.size(), place_of(rank)) == static_cast<ssize_t>(read.size()) &&
           read == block_of(rank);
}

}  // namespace

PathView try_path(comm::Communicator const& comm, std::string const& path) {
    PathView view;
    look_at(path, view);
    std::error_code ignored;
    fs::path folder = path;
    if (!fs::is_directory(folder, ignored)) folder = folder.parent_path();
    if (folder.empty()) folder = ".";
    std::optional<Probe> mine;
    if (comm.is_root() && view.sees_it) mine.emplace(folder, view.error);
    std::string probe = mine ? mine->name() : std::string();
    comm::broadcast_resized(comm, probe);
    if (probe.empty()) return view;
    write_block(probe, comm.rank(), view);
    comm::barrier(comm);
    int const next = (comm.rank() + 1) % comm.size();
    view.writes_together = view.error.empty() && reads_block(probe, next);
    if (!view.writes_together && view.error.empty())
        view.error = fmt::format("what rank {} writes there is not what one reads", next);
    comm::barrier(comm);  // before the root removes it
    return view;
}

}  // namespace tessera::doctor
