#include <cstddef>
#include <cstdint>

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    tessera::fuzz::try_or_abort({reinterpret_cast<char const*>(data), size});
    return 0;
}
