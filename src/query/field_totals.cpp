#include "field_totals.hpp"

#include <algorithm>

#include "field_values.hpp"

namespace tessera::query {
namespace {

/// Moves the known values and their groups to the front. Returns how many there are.
std::size_t keep_known(PerRow<std::int64_t>& values, PerRow<std::uint32_t>& groups, std::size_t n,
                       std::vector<std::uint64_t>& unknown) {
    std::size_t known = 0;
    for (std::size_t i = 0; i < n; ++i) {
        bool const is_known = values[i] != no_value;
        unknown[groups[i]] += is_known ? 0 : 1;
        values[known] = values[i];
        groups[known] = groups[i];
        known += is_known ? 1 : 0;
    }
    return known;
}

}  // namespace

void FieldTotals::add(RowBlock const& block, PerRow<std::uint32_t> const& groups, std::size_t count) {
    if (totals_.size() < count) {
        totals_.resize(count);
        unknown_.resize(count);
    }
    PerRow<std::int64_t> values;
    bool const all_known = read_values(trips_, field_, block, values);
    PerRow<std::uint32_t> known_groups;
    auto const* of_rows = &groups;
    std::size_t n = block.size();
    if (!all_known) {
        std::copy_n(groups.begin(), n, known_groups.begin());
        n = keep_known(values, known_groups, n, unknown_);
        of_rows = &known_groups;
    }
    Lanes* const totals = totals_.data();
    take_turns(n, [&](std::size_t i, std::size_t lane) {
        Lane& to = totals[(*of_rows)[i]].of[lane];
        to.sum += values[i];
        to.min = std::min(to.min, values[i]);
        to.max = std::max(to.max, values[i]);
    });
    if (sketched_) bins_.add(values, *of_rows, n, count);
}

Totals FieldTotals::totals_of(std::size_t group, std::uint64_t trips) const {
    Totals totals;
    totals.known = trips - unknown_[group];
    for (Lane const& lane : totals_[group].of) {
        totals.sum += lane.sum;
        totals.min = std::min(totals.min, lane.min);
        totals.max = std::max(totals.max, lane.max);
    }
    if (sketched_) totals.sketch = bins_.sketch_of(group);
    return totals;
}

}  // namespace tessera::query
