#pragma once
#include <string_view>

#include "tessera/core/units.hpp"

namespace tessera::ingest {

/// Local. The commission's present code for what a file says, in any year's words; 0 (not given) for an empty field and
/// for words or numbers that no dictionary has.
core::Code payment_code(std::string_view text);
core::Code rate_code(std::string_view text);
core::Code taxi_vendor_code(std::string_view text);
/// Local. 10 to 14 for the five bases of 2014, 15 for any other, 0 for none.
core::Code uber_vendor_code(std::string_view base);

}  // namespace tessera::ingest
