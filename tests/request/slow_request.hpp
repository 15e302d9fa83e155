#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tessera/request/request.hpp"

namespace tessera::request::testing {

/// What a line says by another JSON library and by the plain words of the requests' description.
struct SlowRequest {
    bool is_object = false;              ///< else it is no JSON, or another kind of it
    std::optional<std::string> meaning;  ///< as describe() has it; nothing where it is no request
    bool all_rows = false;
    std::string id;  ///< as that library writes it; empty where there is none
};

/// Local. Reads a line slowly. Shape: no NUL in the line, which that library takes for its end.
SlowRequest read_request_slowly(std::string_view line, Limits const& limits);

}  // namespace tessera::request::testing
