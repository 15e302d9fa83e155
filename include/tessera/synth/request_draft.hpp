#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tessera/core/codes.hpp"
#include "tessera/geo/box.hpp"
#include "tessera/synth/time_span.hpp"

namespace tessera::synth {

/// What a request asks for.
enum class Operation : std::uint8_t { nearest, range, aggregate };
inline constexpr std::size_t operation_count = 3;

/// What a request says about `on`.
enum class OnWord : std::uint8_t { unsaid, pickup, dropoff };

/// A made-up request before it is written. Its text rounds coordinates to 1e-5 degree; times are
/// whole minutes.
struct RequestDraft {
    Operation operation = Operation::nearest;
    geo::Point at;                          ///< nearest
    std::uint32_t k = 0;                    ///< nearest
    std::uint32_t within_metres = 0;        ///< nearest; 0: however far
    std::uint32_t limit = 0;                ///< range
    std::string_view by;                    ///< aggregate: JSON texts of its keys, parted by commas; empty: a tile key
    std::uint32_t tile_level = 0;           ///< of the tile key
    std::string_view measures;              ///< aggregate: JSON texts, parted by commas
    std::optional<geo::Box> box;            ///< always there in a range
    std::optional<TimeSpan> window;         ///< nothing: all times
    OnWord on = OnWord::unsaid;             ///< which end `at` and `box` mean, and the tile key
    std::uint8_t source_count = 0;          ///< 0: all sources
    std::array<core::Source, 2> sources{};  ///< the first `source_count` of them
};

}  // namespace tessera::synth
