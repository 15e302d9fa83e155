#pragma once
#include <cstdint>
#include <cstdlib>
#include <iostream>

namespace tessera::harness {

/// The seed of a property test: the same on each run and rank unless TESSERA_TEST_SEED gives another one, and printed,
/// so that a failure can be had again.
inline std::uint64_t seed() {
    static std::uint64_t const chosen = [] {
        char const* const given = std::getenv("TESSERA_TEST_SEED");
        std::uint64_t const value = given ? std::strtoull(given, nullptr, 10) : 20140401;
        std::cout << "seed " << value << " (TESSERA_TEST_SEED)\n";
        return value;
    }();
    return chosen;
}

}  // namespace tessera::harness
