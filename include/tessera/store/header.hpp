#pragma once
#include <cstdint>
#include <string>

#include "tessera/core/ledger.hpp"
#include "tessera/geo/box.hpp"

namespace tessera::store {

/// The version of the format that is written; it and all before it are read. 1 had no checksums.
inline constexpr std::uint32_t newest_format = 2;

/// What a store says about itself as a whole.
struct StoreHeader {
    std::uint32_t format_version = newest_format;  ///< on the root alone when read
    std::string program;                           ///< who wrote it, "tessera 0.1.0"; on the root alone when read
    std::uint64_t trips = 0;
    std::uint64_t tile_trips = 0;      ///< a cell with more trips was split
    geo::Box region;                   ///< pick-ups outside were rejected
    std::uint32_t longest_trip_s = 0;  ///< longer trips were rejected
    core::Ledger ledger;               ///< on the root alone when a store is read
};

}  // namespace tessera::store
