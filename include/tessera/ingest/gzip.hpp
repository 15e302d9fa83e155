#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace tessera::ingest {

/// The text of a gzip file, from its first byte on; members that follow one another count as one text.
class GzipReader {
  public:
    /// Throws core::DataError where the file cannot be opened.
    GzipReader(std::string path, std::string name);
    ~GzipReader();
    GzipReader(GzipReader&&) noexcept;
    GzipReader& operator=(GzipReader&&) noexcept;

    /// Local. Fills `text` as far as there is any; returns the bytes filled, less than its size only at the end.
    /// Throws core::DataError for data that is corrupt or cut short.
    std::size_t read(std::span<char> text);

    /// Bytes of the compressed file consumed so far, for progress.
    std::uint64_t bytes_consumed() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::ingest
