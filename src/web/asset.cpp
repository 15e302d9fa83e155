#include "tessera/web/asset.hpp"

#include <algorithm>

#include "embedded.hpp"

namespace tessera::web {

std::optional<Asset> find_asset(std::string_view path) {
    auto const files = embedded_files();
    auto const file = std::find_if(files.begin(), files.end(), [&](Embedded const& one) { return one.path == path; });
    if (file == files.end()) return std::nullopt;
    return Asset{{file->begin, static_cast<std::size_t>(file->end - file->begin)}, file->content_type, file->etag};
}

}  // namespace tessera::web
