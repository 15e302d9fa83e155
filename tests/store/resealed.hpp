#pragma once
#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace tessera::store::testing {

/// Local. A store's bytes with a seal that fits them, whatever was changed in them: what somebody could make on
/// purpose. Independent of the program's own code: the layout as in src/store/seal.cpp, and zlib's checksum.
inline std::string resealed(std::string bytes) {
    constexpr std::size_t crc_at = 12, length_at = 16, count_at = 24, spans_at = 32, seal = 512;
    std::uint64_t const length = bytes.size();
    std::memcpy(bytes.data() + length_at, &length, sizeof length);
    std::memset(bytes.data() + crc_at, 0, 4);
    auto const sum = [&](std::uint64_t first, std::uint64_t last, uLong before) {
        return ::crc32(before, reinterpret_cast<Bytef const*>(bytes.data()) + first, static_cast<uInt>(last - first));
    };
    uLong crc = sum(0, seal, 0);
    std::uint64_t count = 0;
    std::memcpy(&count, bytes.data() + count_at, sizeof count);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t span[2];
        std::memcpy(span, bytes.data() + spans_at + i * sizeof span, sizeof span);
        crc = sum(span[0], span[1], crc);
    }
    auto const number = static_cast<std::uint32_t>(crc);
    std::memcpy(bytes.data() + crc_at, &number, sizeof number);
    return bytes;
}

}  // namespace tessera::store::testing
