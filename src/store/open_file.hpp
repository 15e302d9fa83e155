#pragma once
#include "handle.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::store {

struct OpenStore::File {
    Handle handle;
    bool collective = false;  ///< opened by several ranks together
};

}  // namespace tessera::store
