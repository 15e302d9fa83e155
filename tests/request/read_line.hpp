#pragma once
#include <gtest/gtest.h>

#include <string>

#include "describe.hpp"
#include "tessera/request/read_request.hpp"

namespace tessera::request::testing {

/// A line with exactly the room behind it that the reader may read, so that the sanitizer sees who reads beyond.
class PaddedLine {
  public:
    explicit PaddedLine(std::string_view line)
        : bytes_(std::make_unique<char[]>(line.size() + 64)), size_(line.size()) {
        std::copy(line.begin(), line.end(), bytes_.get());
        std::fill_n(bytes_.get() + size_, 64, '}');  // what is behind the line is no part of it
    }
    std::string_view view() const { return {bytes_.get(), size_}; }

  private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// Local. What a reader says to a line.
inline std::variant<Request, Refusal> read_with(RequestReader& reader, std::string_view line) {
    return reader.read(PaddedLine(line).view());
}
inline std::variant<Request, Refusal> read(std::string_view line, Limits limits = {}) {
    RequestReader reader(limits);
    return read_with(reader, line);
}

/// Local. The request of a line; a failure, and an empty one, where it is none.
inline Request read_good(std::string_view line, Limits limits = {}) {
    auto const read_line = read(line, limits);
    if (auto const* const request = std::get_if<Request>(&read_line)) return *request;
    ADD_FAILURE() << line << "\nis refused: " << std::get<Refusal>(read_line).message;
    return {};
}

/// Local. The refusal of a line; a failure, and an empty one, where it is a request.
inline Refusal read_bad(std::string_view line, Limits limits = {}) {
    auto const read_line = read(line, limits);
    if (auto const* const refusal = std::get_if<Refusal>(&read_line)) return *refusal;
    ADD_FAILURE() << line << "\nis a request: " << describe(std::get<Request>(read_line).question);
    return {};
}

}  // namespace tessera::request::testing
