#pragma once
#include <cstdint>

#include "tessera/store/open_store.hpp"

namespace tessera::app {

/// Local. A number that tells stores apart: of the header, the tile table, the list of files and their ledger, and of
/// when the file was written, for two stores may differ in nothing but fares. Shape: on the root, which alone has the
/// ledger.
std::uint64_t digest_of(store::OpenStore const& store);

}  // namespace tessera::app
