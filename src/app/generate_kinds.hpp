#pragma once
#include "tessera/app/command.hpp"

namespace tessera::app {

// What `generate` can make: each kind has options of its own, beside --seed and --output.

/// Local. Adds the options of `generate trips`.
void add_trip_options(po::options_description& options);
/// Local. Its job, which is collective. Throws core::UsageError.
Job prepare_trips(po::variables_map const& values);

/// Local. Adds the options of `generate requests`.
void add_request_options(po::options_description& options);
/// Local. Its job, which is collective. Throws core::UsageError.
Job prepare_requests(po::variables_map const& values);

/// Local. --seed.
std::uint64_t read_seed(po::variables_map const& values);

}  // namespace tessera::app
