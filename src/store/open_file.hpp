#pragma once
#include <exception>
#include <memory>

#include "direct_file.hpp"
#include "handle.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {

struct OpenStore::File {
    ~File() {
        // Closing is collective: a rank that leaves by an error of its own must not wait in it for the others.
        if (std::uncaught_exceptions() > 0) handle.forget();
    }

    ColumnOffsets offsets{};
    std::unique_ptr<DirectFile> direct;  ///< where all columns can be read past HDF5; then there is no handle
    Handle handle;
    bool collective = false;  ///< opened by several ranks together
};

}  // namespace tessera::store
