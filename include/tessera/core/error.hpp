#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

namespace tessera::core {

/// The process's exit codes; they are part of the command line's contract.
enum class ExitCode : int { done = 0, failed = 1, usage = 2, launch = 3 };

/// The input, the data or the machine is not as it must be. The message reads "problem (why it is one) remedy".
class DataError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The command line is wrong (exit code 2).
class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The launch is not what was expected (exit code 3).
class LaunchError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Every rank throws the same one: some rank failed in a stage, and all agreed to leave.
class StageError : public std::runtime_error {
  public:
    StageError(int rank, std::string const& message) : std::runtime_error(message), rank_(rank) {}
    /// The lowest rank that failed.
    int rank() const { return rank_; }

  private:
    int rank_;
};

/// A StageError after which a library can no longer be shut down in order: the process must end without that. (HDF5
/// closes a file in many steps that all ranks take together; once a write has failed on one, they no longer do.)
class AbandonError : public StageError {
  public:
    explicit AbandonError(StageError const& error) : StageError(error) {}
};

/// Where in an input something was found, for a message that one can act on.
struct InputPlace {
    std::string file;
    std::uint64_t line = 0;  ///< 0: the file as a whole
    std::string column;      ///< empty: the line as a whole
    std::string value;       ///< empty: nothing to show
};

/// Local. "file:line: column 'fare', value 'abc': problem; remedy".
std::string describe(InputPlace const& place, std::string const& problem, std::string const& remedy);

/// Local. The text of the system's last error, for messages about files.
std::string system_error_text(int error_number);

}  // namespace tessera::core
