#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tessera/comm/communicator.hpp"
#include "tessera/query/map_pyramid.hpp"

namespace tessera::reduce {

/// Collective. Hands every pixel to the rank that owns its key, where pixels of several ranks become one. Rank r owns
/// the keys from first_keys[r] on, up to the next rank's. Shapes: pixels in order, as is the result; first_keys ascend,
/// one a rank, the same on every rank, and the first is 0.
std::vector<query::TalliedPixel> share_pixels(comm::Communicator const& comm, std::vector<query::TalliedPixel> pixels,
                                              std::span<std::uint64_t const> first_keys);

}  // namespace tessera::reduce
