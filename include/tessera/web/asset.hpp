#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tessera::web {

/// A file of the page; it lies in the program itself.
struct Asset {
    std::string_view content;
    std::string_view content_type;
    std::string_view etag;  ///< with its quotes
};

/// Local. The file of that path: "/" or "/page/main.js"; nothing where there is none.
std::optional<Asset> find_asset(std::string_view path);

}  // namespace tessera::web
