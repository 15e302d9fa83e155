#pragma once
#include <filesystem>
#include <string>

namespace tessera::report {

/// An output file while it is written: whole or not at all. It is written under a temporary name in the same folder,
/// and `finish` gives it its own, over what was there; without that the temporary is removed at the end. A link is
/// followed; a device or a pipe is written to as it is. Errors are core::DataError with path, reason and remedy.
class OutputFile {
  public:
    explicit OutputFile(std::filesystem::path const& path);
    ~OutputFile();
    OutputFile(OutputFile const&) = delete;
    OutputFile& operator=(OutputFile const&) = delete;

    int descriptor() const { return descriptor_; }
    /// The path in quotes, for messages.
    std::string const& name() const { return name_; }
    /// Whether the file must be on the disk before it gets its name.
    enum class Wait { until_on_disk, for_nothing };
    /// Local. Gives the file its name; to be called once, after all has been written.
    void finish(Wait wait = Wait::until_on_disk);

  private:
    void open(int flags);
    void sync() const;
    void close();

    std::string name_;
    std::filesystem::path final_;
    std::filesystem::path written_;  ///< the temporary name, or `final_` where there is none
    int descriptor_ = -1;
};

}  // namespace tessera::report
