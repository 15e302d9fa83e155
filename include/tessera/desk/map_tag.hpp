#pragma once
#include <cstdint>
#include <string>

#include "tessera/query/map_tile.hpp"

namespace tessera::desk {

// What a map tile is, in a few words: known without drawing it, since a store never changes.

/// To be raised when the same trips are drawn in other colours.
inline constexpr std::uint64_t drawing_version = 1;

/// Local. What a question asks beside its place, in words: the same words mean the same trips and measure.
std::string words_of(query::Filter const& filter, query::Measure measure);

/// Local. The HTTP ETag of a map tile, quotes included: two pictures with the same one have the same bytes.
std::string etag_of(std::uint64_t store_digest, query::MapQuestion const& question);

}  // namespace tessera::desk
