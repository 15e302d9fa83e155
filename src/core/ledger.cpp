#include "tessera/core/ledger.hpp"

#include <numeric>

namespace tessera::core {

std::uint64_t LedgerCounts::rejected_total() const {
    return std::accumulate(rejected.begin(), rejected.end(), std::uint64_t{0});
}

LedgerCounts& LedgerCounts::operator+=(LedgerCounts const& other) {
    lines += other.lines;
    header += other.header;
    blank += other.blank;
    kept += other.kept;
    for (std::size_t i = 0; i < rejected.size(); ++i)
        rejected[i] += other.rejected[i];
    for (std::size_t i = 0; i < odd.size(); ++i)
        odd[i] += other.odd[i];
    return *this;
}

LedgerCounts total_of(Ledger const& ledger) {
    LedgerCounts total;
    for (FileLedger const& file : ledger)
        total += file.counts;
    return total;
}

}  // namespace tessera::core
