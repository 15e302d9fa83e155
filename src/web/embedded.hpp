#pragma once
#include <span>
#include <string_view>

namespace tessera::web {

/// A file that lies in the program.
struct Embedded {
    std::string_view path;
    char const* begin;
    char const* end;
    std::string_view content_type;
    std::string_view etag;
};

/// Local. All of them.
std::span<Embedded const> embedded_files();

}  // namespace tessera::web
