#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checksum.hpp"
#include "direct_file.hpp"

namespace tessera::store {

/// Bytes of a file, [first, last).
struct ByteSpan {
    std::uint64_t first;
    std::uint64_t last;
};

/// The seal is a store's first bytes, before those of HDF5, which calls them a user block and leaves them alone. It
/// holds the file's length and a CRC of all that is no column: what HDF5 needs to find its way, descriptions, tables,
/// and the columns' own checksums. HDF5 trusts what it reads in a file, and so do we in the tile table; hence both are
/// looked at only where the seal fits.
inline constexpr std::uint64_t seal_bytes = 512;

/// What a file begins with.
enum class Beginning { seal, hdf5, other };

/// Local. Puts its seal on a store that is written in all else. `columns` are the spans that it leaves out; of what
/// lies behind `sealed_end` it keeps nothing (compressed columns, and where their parts are, which HDF5 checks by
/// itself). Throws core::DataError.
void write_seal(std::string const& path, std::uint32_t format_version, std::vector<ByteSpan> columns,
                std::uint64_t sealed_end);

/// Local. What the file begins with. HDF5 that was moved within its file is `other`.
Beginning beginning_of(DirectFile const& file);

/// Local. Compares a file with its seal. Throws core::DataError, which says
/// what is wrong and names neither the file nor the remedy.
void check_seal(DirectFile const& file);

}  // namespace tessera::store
