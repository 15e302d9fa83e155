#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace tessera::store {

/// A file that exists and is written at any place, by several threads at once. All of these throw core::DataError.
class WritableFile {
  public:
    /// Local.
    explicit WritableFile(std::string const& path);
    ~WritableFile();
    WritableFile(WritableFile const&) = delete;
    WritableFile& operator=(WritableFile const&) = delete;

    /// Local. Writes all of them.
    void write(void const* bytes, std::size_t size, std::uint64_t offset) const;
    /// Local. Asks the system to start writing to the disk; whether it does shows in the end.
    void start_sync() const;
    /// Local. Returns when what was written is on the disk.
    void sync() const;

  private:
    int descriptor_;
};

}  // namespace tessera::store
