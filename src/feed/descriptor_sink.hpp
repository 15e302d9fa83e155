#pragma once
#include <filesystem>

#include "tessera/feed/sink.hpp"
#include "tessera/report/output_file.hpp"
#include "tessera/report/output_stream.hpp"

namespace tessera::feed {

/// Lines go to standard output.
class StdoutSink : public Sink {
  public:
    StdoutSink();
    void put(std::string_view lines) override;
    void flush() override;
    void finish() override;

  private:
    report::DescriptorBuffer buffer_;
};

/// Lines go to a file, which has its name only once it is whole; a device or a pipe is written to as it is.
class FileSink : public Sink {
  public:
    explicit FileSink(std::filesystem::path const& path);
    void put(std::string_view lines) override;
    void flush() override;
    void finish() override;

  private:
    report::OutputFile file_;
    report::DescriptorBuffer buffer_;
};

}  // namespace tessera::feed
