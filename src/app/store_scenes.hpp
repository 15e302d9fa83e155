#pragma once
#include <memory>

#include "tessera/store/open_store.hpp"
#include "tessera/synth/scenes.hpp"

namespace tessera::app {

/// Local. Where and when the trips of a store are, by its tile table and its ledger, which the root alone has.
/// Errors: core::DataError for a store without trips.
std::unique_ptr<synth::Scenes const> scenes_of(store::OpenStore const& store);

}  // namespace tessera::app
