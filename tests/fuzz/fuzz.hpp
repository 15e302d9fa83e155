#pragma once
#include <string_view>

namespace tessera::fuzz {

/// Local. Tries one input; each target has one. Throws where the program is wrong: a failed EXPECT_ does, and so does
/// any exception that the program ought to have dealt with.
void try_input(std::string_view bytes);

/// Local. As above, but ends the program where it throws, and says why.
void try_or_abort(std::string_view bytes);

}  // namespace tessera::fuzz
