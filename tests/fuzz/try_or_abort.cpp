#include <gtest/gtest.h>

#include <cstdlib>
#include <exception>
#include <iostream>

#include "fuzz.hpp"

namespace tessera::fuzz {

void try_or_abort(std::string_view bytes) {
    static bool const once = [] {
        GTEST_FLAG_SET(throw_on_failure, true);  // there is no test around what is expected here
        return true;
    }();
    static_cast<void>(once);
    try {
        try_input(bytes);
    } catch (std::exception const& error) {
        std::cerr << "the input shows a fault: " << error.what() << std::endl;
        std::abort();
    }
}

}  // namespace tessera::fuzz
