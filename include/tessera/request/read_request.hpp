#pragma once
#include <memory>
#include <string_view>
#include <variant>

#include "tessera/request/request.hpp"

namespace tessera::request {

/// Reads requests out of lines of JSON. It keeps the parser's memory from line to line; one for each thread.
class RequestReader {
  public:
    explicit RequestReader(Limits limits);
    ~RequestReader();
    RequestReader(RequestReader&&) noexcept;
    RequestReader& operator=(RequestReader&&) noexcept;

    /// Local. The request of a line, or why it is none. Shape: 64 bytes behind the line may be read.
    std::variant<Request, Refusal> read(std::string_view line);
    /// Local. The refusal of a line that was cut because it is longer than that.
    static Refusal refuse_long_line(std::string_view first_bytes, std::size_t most_bytes);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    Limits limits_;
};

}  // namespace tessera::request
