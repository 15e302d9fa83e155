#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tessera/request/part.hpp"

namespace tessera::report {

/// Writes answers to requests as JSON, one a line.
class AnswerWriter {
  public:
    /// Local. `files` are the store's file names by core::FileId. With `explain`, an answer tells what it cost.
    AnswerWriter(std::vector<std::string> const& files, bool explain);

    /// Local. The body of a request's answer: all behind `micros`, which is known only when this has been done. Throws
    /// core::DataError for a trip of a file that the store does not list.
    void append_body(std::string& text, request::Request const& request, request::Part const& whole) const;
    /// Local. The whole line around a body. `ranks`: how many the request could touch.
    void append_answer(std::string& text, request::Request const& request, request::Part const& whole,
                       std::chrono::nanoseconds work, std::uint32_t ranks, std::string const& body) const;
    /// Local. The rides or the cells of an answer as GeoJSON, as the command line writes it. Throws as append_body
    /// does, and core::UsageError for groups that have no place (see require_drawable).
    void append_features(std::string& text, request::Request const& request, request::Part const& whole) const;
    /// Local. An error answer. `number` is the line's, told where the request has no id; 0 for what is no line.
    static void append_refusal(std::string& text, request::Refusal const& refusal, std::uint64_t number);

  private:
    void append_rides(std::string& text, std::vector<request::FoundRide> const& rides, bool with_metres) const;

    std::string const& file_of(request::FoundRide const& ride) const;

    std::vector<std::string> file_literals_;
    bool explain_;
};

}  // namespace tessera::report
