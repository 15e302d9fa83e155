#include "pick_places.hpp"

#include "tessera/core/wide.hpp"

namespace tessera::query {

TESSERA_WIDE_WHOLE
void pick_rows_of_block(core::TripTable const& trips, BlockRows const& rows, Filter const& filter, std::size_t block,
                        PickedPlaces& picked) {
    pick_matching_rows(trips, rows, filter, block, picked);
}

}  // namespace tessera::query
