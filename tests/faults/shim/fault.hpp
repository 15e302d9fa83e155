#pragma once
#include <cstddef>

namespace faults {

/// What a process does that can go wrong.
enum class Deed { mpi, open, read, write, sync, rename, memory };

/// What is to become of it.
struct Fate {
    int error = 0;            ///< fails with this errno, where it is not 0
    bool is_short = false;    ///< a read or write of a part only
    bool is_refused = false;  ///< memory that is not there
};

/// Local. To be called before each deed: counts it, logs it, and does what TESSERA_FAULT says. `object` is the path of
/// the file, or the MPI function's name; `bytes` the size, where there is one. In memory calls nothing is allocated.
Fate meet(Deed deed, char const* object, std::size_t bytes = 0) noexcept;

/// Local. As meet, for what an open descriptor leads to; 1 is "stdout".
Fate meet(Deed deed, int descriptor, std::size_t bytes = 0) noexcept;

}  // namespace faults
