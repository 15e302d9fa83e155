#pragma once
#include <string>

#include "tessera/request/part.hpp"

namespace tessera::request::testing {

/// Local. All that a question says, as text: equal questions have equal texts.
std::string describe(Question const& question);

/// Local. What a part answers, as text; not what it cost. Whole rides count, down to the last bit of their distances.
std::string describe(Part const& part);

}  // namespace tessera::request::testing
