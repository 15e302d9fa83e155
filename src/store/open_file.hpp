#pragma once
#include <exception>

#include "handle.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {

struct OpenStore::File {
    ~File() {
        // Closing is collective: a rank that leaves by an error of its own must not wait in it for the others.
        if (std::uncaught_exceptions() > 0) handle.forget();
    }

    Handle handle;
    bool collective = false;  ///< opened by several ranks together
};

}  // namespace tessera::store
