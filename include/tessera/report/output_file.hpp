#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tessera/core/last_words.hpp"

namespace tessera::report {

/// An output file while it is written: whole or not at all. It is written under a temporary name in the same folder,
/// and `finish` gives it its own, over what was there; without that the temporary is removed at the end, also where a
/// signal ends the process. It is locked meanwhile: what nobody has locked is left of a run that was killed. A link is
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
    bool lock() const;
    void sync() const;
    void close_once() const;

    std::string name_;
    std::filesystem::path final_;
    std::filesystem::path written_;  ///< the temporary name, or `final_` where there is none
    int descriptor_ = -1;
    std::optional<core::Unfinished> unfinished_;
};

/// Local. Removes what runs that were killed have left of this output, and returns their names.
std::vector<std::filesystem::path> remove_left_overs(std::filesystem::path const& path);

}  // namespace tessera::report
