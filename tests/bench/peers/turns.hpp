#pragma once
#include <functional>
#include <string>

namespace tessera::bench {

/// Seconds that some work takes.
double time_of(std::function<void()> const& work);

/// A line of JSON: what turns.py hands on.
void tell_time(std::string const& name, std::string const& who, int threads, double seconds, std::uint64_t items,
               std::uint64_t bytes = 0);
/// The same of a share that agrees with us.
void tell_agreement(std::string const& name, std::string const& who, double share);

/// Says that it is ready, and then works once for each line of standard input (see turns.py).
void take_turns(std::function<void()> const& turn);

}  // namespace tessera::bench
