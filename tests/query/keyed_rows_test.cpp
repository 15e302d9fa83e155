#include "keyed_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "harness/seed.hpp"
#include "oracle.hpp"

namespace tessera::query {
namespace {

using namespace testing;  // tessera::query::testing

/// The oracle: pairs of key and row, sorted. Keys are dense or spread, equal, before and after the usual ones.
TEST(KeyedRows, AreSortedByKey) {
    Random random(harness::seed());
    for (int round = 0; round < 60; ++round) {
        SCOPED_TRACE(::testing::Message() << "round " << round);
        std::uint64_t const first = random() >> pick(random, 1, 40);
        std::uint64_t const last = first + (random() >> pick(random, 1, 63));
        KeyedRows rows(static_cast<std::size_t>(pick(random, 0, one_in(random, 3) ? 30'000 : 700)));
        std::vector<std::pair<std::uint64_t, std::uint32_t>> wanted, found;
        unsigned const apart = one_in(random, 2) ? 0 : 20;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            bool const usual = !one_in(random, 20);
            std::uint64_t const key = usual ? first + random() % (last - first + 1) : random();
            rows[i] = {key >> apart << apart, static_cast<std::uint32_t>(i)};
            wanted.emplace_back(rows[i].key, rows[i].row);
        }
        sort_by_key(rows, {first, last});
        for (KeyedRow const& row : rows)
            found.emplace_back(row.key, row.row);
        EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), [](auto& a, auto& b) { return a.first < b.first; }));
        std::sort(found.begin(), found.end());
        std::sort(wanted.begin(), wanted.end());
        EXPECT_EQ(found, wanted);
    }
}

}  // namespace
}  // namespace tessera::query
