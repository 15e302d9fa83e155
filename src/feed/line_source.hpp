#pragma once
#include <cstdint>
#include <string>

#include "input_descriptor.hpp"
#include "line_buffer.hpp"
#include "tessera/feed/source.hpp"

namespace tessera::feed {

/// Messages are the lines of standard input or of a file.
class LineSource : public Source {
  public:
    LineSource(std::string const& place, SourceOptions const& options, StopSignal const& stop);

    Taken take(std::size_t most, std::chrono::milliseconds patience) override;
    void confirm() override {}

  private:
    void read(std::span<char> room);
    void end_pass();

    InputDescriptor input_;
    StopSignal const& stop_;
    LineBuffer lines_;
    std::uint64_t passes_left_;
    std::uint64_t pass_bytes_ = 0;
    bool ended_ = false;  ///< nothing more is read
};

}  // namespace tessera::feed
