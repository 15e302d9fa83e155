#pragma once
#include <ostream>
#include <streambuf>
#include <string>
#include <vector>

namespace tessera::report {

/// Writes to a file descriptor that it does not own. Where std::ofstream would only remember that something failed,
/// this throws core::DataError with the output's name and the system's reason. A closed pipe is such an error too, and
/// does not end the process by a signal.
class DescriptorBuffer : public std::streambuf {
  public:
    DescriptorBuffer(int descriptor, std::string name);

  protected:
    int_type overflow(int_type c) override;
    int sync() override;

  private:
    void write_out();

    int descriptor_;
    std::string name_;
    std::vector<char> bytes_;
};

/// Such a stream. Errors come as exceptions out of whatever is called on it.
class OutputStream : public std::ostream {
  public:
    OutputStream(int descriptor, std::string name);

  private:
    DescriptorBuffer buffer_;
};

/// Local. Throws core::DataError "cannot write NAME (REASON); REMEDY" for the system's error `error_number`.
[[noreturn]] void throw_write_error(std::string const& name, int error_number);

}  // namespace tessera::report
