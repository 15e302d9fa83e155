#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "tessera/core/codes.hpp"
#include "tessera/ingest/header.hpp"

namespace tessera::ingest {

/// One file to ingest, as far as its first lines tell.
struct InputFile {
    std::string path;
    std::string name;               ///< as printed and stored
    std::uint64_t bytes = 0;        ///< on disk
    bool gzip = false;              ///< told by the first two bytes, not by the name
    char line_end = '\n';           ///< '\r' for files of the classic Mac, which have no '\n'
    std::uint64_t body_begin = 0;   ///< first byte (of the text) after the header line
    std::uint64_t header_line = 1;  ///< the header's line number; the lines before it are blank
    double line_bytes = 0;          ///< on average, of the first rows
    Binding binding;
};

/// Local. Looks at a file's first bytes and binds its header. Throws core::DataError for a file that cannot be read, is
/// empty, has a header and nothing else, or is of no known format.
InputFile inspect_file(std::string const& path, std::string const& name, std::optional<core::Source> wanted);

}  // namespace tessera::ingest
