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
    make_room(count);
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
    Lane* const totals = totals_.data();
    std::size_t const turns = lanes_;
    take_turns(n, [&](std::size_t i, std::size_t lane) {
        Lane& to = totals[(*of_rows)[i] * turns + (lane & (turns - 1))];
        to.sum += values[i];
        to.min = std::min(to.min, values[i]);
        to.max = std::max(to.max, values[i]);
    });
    if (sketched_) bins_.add(values, *of_rows, n, count);
}

void FieldTotals::make_room(std::size_t count) {
    if (unknown_.size() >= count) return;
    if (lanes_ > 1 && count > most_groups_with_lanes) {
        std::vector<Lane> joined;
        for (std::size_t group = 0; group < unknown_.size(); ++group)
            joined.push_back(join_lanes(group));
        totals_ = std::move(joined);
        lanes_ = 1;
    }
    unknown_.resize(count);
    totals_.resize(count * lanes_);
}

FieldTotals::Lane FieldTotals::join_lanes(std::size_t group) const {
    Lane all;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
        Lane const& one = totals_[group * lanes_ + lane];
        all.sum += one.sum;
        all.min = std::min(all.min, one.min);
        all.max = std::max(all.max, one.max);
    }
    return all;
}

Totals FieldTotals::take_totals(std::size_t group, std::uint64_t trips) {
    Lane const all = join_lanes(group);
    return {trips - unknown_[group], all.sum, all.min, all.max, sketched_ ? bins_.take_sketch(group) : Sketch()};
}

}  // namespace tessera::query
