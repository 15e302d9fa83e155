#include "tally.hpp"

#include <fmt/format.h>

#include <array>

namespace tessera::damage {
namespace {

constexpr std::array outcomes{"harmless", "refused", "found", "faults"};

}  // namespace

void Tally::add(std::string const& kind, std::string const& outcome) {
    ++by_kind_[kind][outcome];
}

void Tally::add_fault(std::uint64_t number, std::string const& begun, std::string const& what) {
    fmt::print("FAULT case {} {}: {}\n", number, begun, what);
    add(begun.substr(0, begun.find(" (")), "faults");
}

std::uint64_t Tally::count(std::string const& outcome) const {
    std::uint64_t sum = 0;
    for (auto const& [kind, counts] : by_kind_)
        if (auto const found = counts.find(outcome); found != counts.end()) sum += found->second;
    return sum;
}

std::uint64_t Tally::tried() const {
    std::uint64_t sum = 0;
    for (char const* const outcome : outcomes)
        sum += count(outcome);
    return sum;
}

void Tally::print() const {
    fmt::print("{:<16}{:>8}{:>10}{:>9}{:>8}{:>8}\n", "damage", "tried", "harmless", "refused", "found", "faults");
    auto const print_row = [](std::string const& kind, Tally const& rows) {
        fmt::print("{:<16}{:>8}{:>10}{:>9}{:>8}{:>8}\n", kind, rows.tried(), rows.count("harmless"),
                   rows.count("refused"), rows.count("found"), rows.count("faults"));
    };
    for (auto const& [kind, counts] : by_kind_) {
        Tally row;
        row.by_kind_[kind] = counts;
        print_row(kind, row);
    }
    print_row("all", *this);
}

}  // namespace tessera::damage
