#include "tessera/ingest/clean.hpp"

namespace tessera::ingest {

std::optional<core::Reject> find_fault(core::Trip const& trip, CleaningRules const& rules) {
    if (!rules.region.contains(geo::Point{trip.pickup_lon.count, trip.pickup_lat.count}))
        return core::Reject::outside_region;
    if (!core::is_known(trip.dropoff_time)) return std::nullopt;
    if (trip.dropoff_time < trip.pickup_time) return core::Reject::time_order;
    if (trip.dropoff_time.count - trip.pickup_time.count > rules.longest_s) return core::Reject::too_long;
    return std::nullopt;
}

void count_oddities(core::Trip const& trip, core::LedgerCounts& counts) {
    // Uber files have no drop-offs at all: that is not odd.
    if (trip.source != core::Source::uber && !core::is_known(trip.dropoff_lon))
        counts.count(core::Oddity::unknown_dropoff);
    if (core::is_known(trip.fare) && trip.fare.count < 0) counts.count(core::Oddity::negative_fare);
    if (core::is_known(trip.distance) && trip.distance.count == 0) counts.count(core::Oddity::zero_distance);
}

}  // namespace tessera::ingest
