#pragma once
#include <cstdint>
#include <map>
#include <string>

namespace tessera::damage {

/// Counts what became of the cases, by the kind of damage.
class Tally {
  public:
    void add(std::string const& kind, std::string const& outcome);
    /// Counts a fault and says which one. `begun` is "KIND (WHERE)".
    void add_fault(std::uint64_t number, std::string const& begun, std::string const& what);

    std::uint64_t count(std::string const& outcome) const;
    std::uint64_t tried() const;
    /// A table on standard output.
    void print() const;

  private:
    using Outcomes = std::map<std::string, std::uint64_t>;
    std::map<std::string, Outcomes> by_kind_;
};

}  // namespace tessera::damage
