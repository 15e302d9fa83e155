#pragma once
#include <memory>

#include "direct_file.hpp"
#include "handle.hpp"
#include "pieces.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {

struct OpenStore::File {
    ColumnOffsets offsets{};
    std::uint64_t files = 0;          ///< that trips may name
    PieceStarts starts;               ///< of all pieces; empty where the store has no checksums
    std::uint64_t sums_offset = 0;    ///< where in the file their checksums begin
    std::unique_ptr<DirectFile> raw;  ///< the file as bytes
    bool direct = false;              ///< all columns can be read past HDF5; then there is no handle
    Handle handle;
};

}  // namespace tessera::store
