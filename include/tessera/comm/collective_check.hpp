#pragma once
#include <chrono>
#include <cstdint>

#include "tessera/comm/communicator.hpp"

namespace tessera::comm {

/// Collective. What the debug preset does before each collective: the ranks compare the names of what they are about
/// to enter, and where these differ every rank throws std::logic_error that says which rank is where, instead of
/// waiting for ever.
void compare_collectives(Communicator const& comm, char const* name);

/// Collective. `compare_collectives` where TESSERA_CHECK_COLLECTIVES is on, nothing otherwise.
inline void check_same_collective([[maybe_unused]] Communicator const& comm, [[maybe_unused]] char const* name) {
#ifdef TESSERA_CHECK_COLLECTIVES
    compare_collectives(comm, name);
#endif
}

/// A stay in a collective: its time is counted when it ends.
class Entered {
  public:
    explicit Entered(std::uint64_t& nanoseconds) : nanoseconds_(nanoseconds) {}
    ~Entered() {
        auto const stayed = std::chrono::steady_clock::now() - since_;
        nanoseconds_ += static_cast<std::uint64_t>(std::chrono::nanoseconds(stayed).count());
    }
    Entered(Entered const&) = delete;
    Entered& operator=(Entered const&) = delete;

  private:
    std::uint64_t& nanoseconds_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

/// Collective. What every collective that passes values on does first: it is counted, timed and compared.
[[nodiscard]] inline Entered enter(Communicator const& comm, CollectiveKind kind) {
    comm.count_call(kind);
    check_same_collective(comm, name_of(kind));
    return Entered(comm.time_of(kind));
}

}  // namespace tessera::comm
