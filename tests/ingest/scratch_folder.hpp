#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace tessera::ingest::testing {

/// A folder of its own for a test's files; it goes with the test.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;

    std::string path(std::string const& name) const { return (folder_ / name).string(); }
    /// Writes a file; returns its path.
    std::string write(std::string const& name, std::string_view bytes) const;

  private:
    std::filesystem::path folder_;
};

/// Local. A gzip member that holds the text.
std::string gzip(std::string_view text, int level = 6);

}  // namespace tessera::ingest::testing
