#pragma once
#include <isa-l/crc.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "tessera/core/columns.hpp"

namespace tessera::store {

/// Local. The CRC-32 of zlib, gzip and PNG, which whoever has a store can compute without our program; here by ISA-L,
/// which does tens of gigabytes a second. `before`: of the bytes that these follow.
inline std::uint32_t crc_of(void const* bytes, std::size_t size, std::uint32_t before = 0) {
    return crc32_gzip_refl(before, static_cast<unsigned char const*>(bytes), size);
}

/// Of one piece: the CRC of each column's values, as they lie in the file when they are not compressed.
using Checksums = std::array<std::uint32_t, core::column_count>;

}  // namespace tessera::store
