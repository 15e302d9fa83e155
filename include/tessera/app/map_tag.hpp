#pragma once
#include <cstdint>
#include <string>

#include "tessera/query/map_tile.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::app {

// What a map tile is, in a few words: known without drawing it, since a store never changes.

/// Local. A number that tells stores apart: of the header, the tile table, the list of files and their ledger. Shape:
/// on the root, which alone has the ledger.
std::uint64_t digest_of(store::OpenStore const& store);

/// Local. What a question asks beside its place, in words: the same words mean the same trips and measure.
std::string words_of(query::Filter const& filter, query::Measure measure);

/// Local. The HTTP ETag of a map tile, quotes included: two pictures with the same one have the same bytes.
std::string etag_of(std::uint64_t store_digest, query::MapQuestion const& question);

}  // namespace tessera::app
