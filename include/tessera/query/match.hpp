#pragma once
#include <cstddef>
#include <cstdint>
#include <tuple>

#include "tessera/core/units.hpp"

namespace tessera::query {

/// A trip that a range question found, and where the store keeps it. Order: (pick-up time, file, line).
struct Match {
    core::WallTime pickup_time;
    core::LineNumber line;
    core::FileId file;
    std::uint64_t store_row = 0;

    friend bool operator<(Match const& a, Match const& b) {
        return std::tie(a.pickup_time, a.file, a.line) < std::tie(b.pickup_time, b.file, b.line);
    }
};

/// A trip that a nearest question found. Order: (metres, file, line).
struct Neighbour {
    double metres = 0;
    core::LineNumber line;
    core::FileId file;
    std::uint64_t store_row = 0;

    friend bool operator<(Neighbour const& a, Neighbour const& b) {
        return std::tie(a.metres, a.file, a.line) < std::tie(b.metres, b.file, b.line);
    }
};

/// What answering a question took.
struct Looked {
    std::uint64_t tiles = 0;  ///< tiles, or blocks of a second order, that were looked into
    std::uint64_t rows = 0;   ///< rows of these
};

/// A tile that may hold a neighbour, and how near it can be at best.
struct TileBound {
    double haversine;  ///< no matching trip of the tile is nearer than this (see geo::DistanceFrom)
    std::size_t tile;
};

}  // namespace tessera::query
