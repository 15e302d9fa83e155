#pragma once
#include "tessera/report/info.hpp"
#include "tessera/store/open_store.hpp"
#include "tessera/store/verify_store.hpp"

namespace tessera::app {

/// Local. What is in a store, out of the header and the tile table; no trip is read, and there are no plans in it.
report::StoreSummary summarise(store::OpenStore const& store);

/// Local. What was found in all of it, for the summary.
report::StoreCheck check_of(store::Verification const& found);

}  // namespace tessera::app
