#include "tessera/query/aggregate.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "field_totals.hpp"
#include "first_seen.hpp"
#include "group_numbers.hpp"
#include "lanes.hpp"
#include "scan.hpp"

namespace tessera::query {
namespace {

/// Arrays of all numbers that there could be are made up to this many bits of them, and where they are no more than
/// the rows: what is touched of them still fits the L2 cache.
constexpr unsigned most_number_bits = 18;

unsigned number_bits_for(std::uint64_t about_rows) {
    return std::min(most_number_bits, static_cast<unsigned>(std::bit_width(about_rows)));
}

std::vector<FieldTotals> measured_fields(core::TripTable const& trips, AggregateQuestion const& question) {
    std::vector<FieldTotals> fields;
    for (Field const field : fields_of(question)) {
        bool const sketched = std::any_of(
            question.measures.begin(), question.measures.end(),
            [&](Measure const& measure) { return measure.field == field && is_percentile(measure.statistic); });
        fields.emplace_back(trips, field, sketched);
    }
    return fields;
}

void add_totals(Totals& to, Totals const& from) {
    to.known += from.known;
    to.sum += from.sum;
    to.min = std::min(to.min, from.min);
    to.max = std::max(to.max, from.max);
    to.sketch.merge(from.sketch);
}

/// One thread's groups.
template <class Packed>
class Grouper {
  public:
    Grouper(core::TripTable const& trips, AggregateQuestion const& question, NarrowKeys const& narrow)
        : trips_(trips), fields_(measured_fields(trips, question)), numbers_(narrow, question.keys) {}

    void take(RowBlock const& block) {
        PerRow<std::uint32_t> number;
        numbers_.number_rows(trips_, block, number);
        if (!fields_.empty()) seen_.renumber(number, block.size(), numbers_.size());
        std::size_t const groups = fields_.empty() ? numbers_.size() : seen_.size();
        counts_.add(number, block.size(), groups);
        for (FieldTotals& field : fields_)
            field.add(block, number, groups);
    }

    Groups finish() {
        Groups groups;
        for (std::size_t number = 0; number < counts_.groups(); ++number)
            if (std::uint64_t const trips = counts_.count(number)) groups.push_back(make_group(number, trips));
        auto const by_key = [](Group const& a, Group const& b) { return a.key < b.key; };
        if (!std::is_sorted(groups.begin(), groups.end(), by_key)) std::sort(groups.begin(), groups.end(), by_key);
        return groups;
    }

  private:
    Group make_group(std::size_t number, std::uint64_t trips) {
        Group group{numbers_.key_of(fields_.empty() ? number : seen_.old_number(number)), trips, {}};
        group.totals.reserve(fields_.size());
        for (FieldTotals& field : fields_)
            group.totals.push_back(field.take_totals(number, trips));
        return group;
    }

    core::TripTable const& trips_;
    std::vector<FieldTotals> fields_;
    GroupNumbers<Packed> numbers_;
    FirstSeen seen_;  ///< totals are large: only groups that have rows have any
    RowCounts counts_;
};

Groups merge_all(std::vector<Groups> parts) {
    Groups groups = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i)
        groups = merge(std::move(groups), std::move(parts[i]));
    return groups;
}

/// What is read of rows that match, beside what the filter reads.
core::ColumnSet measured_columns(AggregateQuestion question) {
    question.filter = {};
    return columns_of(question);
}

/// Scans by `scan_with(make)` with groupers that suit the keys and the number of rows.
template <class Scan>
Groups group_rows(geo::LoadedTiles const& loaded, AggregateQuestion const& question, std::uint64_t about_rows,
                  Scan&& scan_with) {
    NarrowKeys const narrow(loaded.tiles, question, number_bits_for(about_rows));
    if (bits_of(question.keys) <= 64)
        return merge_all(scan_with([&] { return Grouper<std::uint64_t>(loaded.trips, question, narrow); }));
    return merge_all(scan_with([&] { return Grouper<GroupKey>(loaded.trips, question, narrow); }));
}

}  // namespace

Groups aggregate(geo::LoadedTiles const& loaded, AggregateQuestion const& question) {
    Access const access = access_by_tiles(loaded, question.filter, columns_of(question));
    return group_rows(loaded, question, access.rows,
                      [&](auto&& make) { return scan(loaded, access, question.filter, make); });
}

Groups aggregate(TripIndex const& index, AggregateQuestion const& question, Looked& looked) {
    Access const access = plan_access(index, question.filter, measured_columns(question));
    return group_rows(index.loaded(), question, access.rows,
                      [&](auto&& make) { return scan(index, access, question.filter, looked, make); });
}

Groups merge(Groups a, Groups b) {
    Groups both;
    both.reserve(a.size() + b.size());
    auto from_b = b.begin();
    for (Group& group : a) {
        for (; from_b != b.end() && from_b->key < group.key; ++from_b)
            both.push_back(std::move(*from_b));
        both.push_back(std::move(group));
        if (from_b == b.end() || from_b->key != both.back().key) continue;
        both.back().trips += from_b->trips;
        for (std::size_t i = 0; i < from_b->totals.size(); ++i)
            add_totals(both.back().totals[i], from_b->totals[i]);
        ++from_b;
    }
    std::move(from_b, b.end(), std::back_inserter(both));
    return both;
}

}  // namespace tessera::query
