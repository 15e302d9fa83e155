#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace tessera::ingest {

/// A file that is read at any place, by several threads at once.
class PlainFile {
  public:
    /// Throws core::DataError where the file cannot be opened.
    PlainFile(std::string const& path, std::string name);
    ~PlainFile();
    PlainFile(PlainFile const&) = delete;
    PlainFile& operator=(PlainFile const&) = delete;

    std::uint64_t bytes() const { return bytes_; }
    /// Local. Fills `text` from byte `offset` on; returns the bytes filled, less than its size only at the end of the
    /// file. Throws core::DataError where the system cannot read.
    std::size_t read(std::uint64_t offset, std::span<char> text) const;

  private:
    std::string name_;
    int descriptor_ = -1;
    std::uint64_t bytes_ = 0;
};

}  // namespace tessera::ingest
