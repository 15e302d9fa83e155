#include "tessera/query/aggregate.hpp"

#include <algorithm>
#include <utility>

#include "field_values.hpp"
#include "group_numbers.hpp"
#include "scan.hpp"

namespace tessera::query {
namespace {

/// So many keys may have arrays of their own however few the rows are.
constexpr std::uint64_t rows_below_which_keys_are_few = 1024;

/// A field that the measures need, and whether as a percentile.
struct MeasuredField {
    Field field;
    bool sketched;
};

std::vector<MeasuredField> measured_fields(AggregateQuestion const& question) {
    std::vector<MeasuredField> fields;
    for (Field const field : fields_of(question)) {
        bool const sketched = std::any_of(
            question.measures.begin(), question.measures.end(),
            [&](Measure const& measure) { return measure.field == field && is_percentile(measure.statistic); });
        fields.push_back({field, sketched});
    }
    return fields;
}

void add_value(Totals& totals, std::int64_t value) {
    ++totals.known;
    totals.sum += value;
    totals.min = std::min(totals.min, value);
    totals.max = std::max(totals.max, value);
}

void add_totals(Totals& to, Totals const& from) {
    to.known += from.known;
    to.sum += from.sum;
    to.min = std::min(to.min, from.min);
    to.max = std::max(to.max, from.max);
    to.sketch.merge(from.sketch);
}

/// One thread's groups. Numbers says which group a row belongs to (see group_numbers.hpp).
template <class Numbers>
class Grouper {
  public:
    Grouper(core::TripTable const& trips, AggregateQuestion const& question)
        : trips_(trips), keys_(question.keys), fields_(measured_fields(question)), numbers_(bits_of(keys_)) {}

    void take(RowBlock const& block) {
        PerRow<std::uint32_t> number;
        numbers_.number_rows(trips_, keys_, block, number);
        count_.resize(numbers_.size());
        totals_.resize(numbers_.size() * fields_.size());
        for (std::size_t i = 0; i < block.size(); ++i)
            ++count_[number[i]];
        for (std::size_t place = 0; place < fields_.size(); ++place)
            add_field(place, block, number);
    }

    Groups finish() {
        Groups groups;
        for (std::size_t number = 0; number < count_.size(); ++number)
            if (count_[number] > 0) groups.push_back(take_group(number));
        auto const by_key = [](Group const& a, Group const& b) { return a.key < b.key; };
        if (!std::is_sorted(groups.begin(), groups.end(), by_key)) std::sort(groups.begin(), groups.end(), by_key);
        return groups;
    }

  private:
    void add_field(std::size_t place, RowBlock const& block, PerRow<std::uint32_t> const& number) {
        PerRow<std::int64_t> values;
        read_values(trips_, fields_[place].field, block, values);
        for (std::size_t i = 0; i < block.size(); ++i)
            if (values[i] != no_value) add_value(totals_[number[i] * fields_.size() + place], values[i]);
        if (!fields_[place].sketched) return;
        for (std::size_t i = 0; i < block.size(); ++i)
            if (values[i] != no_value) totals_[number[i] * fields_.size() + place].sketch.add(values[i]);
    }

    Group take_group(std::size_t number) {
        auto const first = totals_.begin() + static_cast<std::ptrdiff_t>(number * fields_.size());
        auto const last = first + static_cast<std::ptrdiff_t>(fields_.size());
        return {numbers_.key_of(number), count_[number],
                std::vector<Totals>(std::make_move_iterator(first), std::make_move_iterator(last))};
    }

    core::TripTable const& trips_;
    std::vector<Key> const& keys_;
    std::vector<MeasuredField> fields_;
    Numbers numbers_;
    std::vector<std::uint64_t> count_;  ///< trips by group number
    std::vector<Totals> totals_;        ///< by group number, and within a group by field
};

Groups merge_all(std::vector<Groups> parts) {
    Groups groups = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i)
        groups = merge(std::move(groups), std::move(parts[i]));
    return groups;
}

/// Scans by `scan(make)` with the groupers that suit the keys and the number of rows: arrays of all keys that there
/// could be cost more than a few rows are worth.
template <class Scan>
Groups group_rows(core::TripTable const& trips, AggregateQuestion const& question, std::uint64_t about_rows,
                  Scan&& scan_with) {
    unsigned const key_bits = bits_of(question.keys);
    bool const direct = key_bits <= most_bits_of_a_number &&
                        (std::uint64_t{1} << key_bits) <= rows_below_which_keys_are_few + about_rows;
    if (direct) return merge_all(scan_with([&] { return Grouper<DirectNumbers>(trips, question); }));
    if (key_bits <= 64)
        return merge_all(scan_with([&] { return Grouper<FoundNumbers<std::uint64_t>>(trips, question); }));
    return merge_all(scan_with([&] { return Grouper<FoundNumbers<GroupKey>>(trips, question); }));
}

}  // namespace

Groups aggregate(geo::LoadedTiles const& loaded, AggregateQuestion const& question) {
    Access const access = access_by_tiles(loaded, question.filter);
    return group_rows(loaded.trips, question, access.rows,
                      [&](auto&& make) { return scan(loaded, access, question.filter, make); });
}

Groups aggregate(TripIndex const& index, AggregateQuestion const& question, Looked& looked) {
    Access const access = plan_access(index, question.filter);
    return group_rows(index.loaded().trips, question, access.rows,
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
