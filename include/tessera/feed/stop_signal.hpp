#pragma once

namespace tessera::feed {

/// While it lives, SIGTERM, SIGINT and SIGUSR1 do not end the process: they ask it to finish what it has taken. A
/// second one does end it; signals within a quarter of a second are one, for timeout(1) sends two. One per process.
class StopSignal {
  public:
    /// Who acts on a signal: the rank that takes requests, or the others, which are told by that rank and only must not
    /// die before.
    enum class Role { listen, ignore };
    /// Local. Throws core::DataError where the system refuses.
    explicit StopSignal(Role role);
    ~StopSignal();
    StopSignal(StopSignal const&) = delete;
    StopSignal& operator=(StopSignal const&) = delete;

    /// Local. Whether a stop has been asked for.
    bool requested() const;
    /// A file descriptor that is readable once a stop has been asked for; for poll.
    int descriptor() const;
};

}  // namespace tessera::feed
