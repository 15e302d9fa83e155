#include "tessera/report/latency_summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <sstream>
#include <vector>

#include "report/answered.hpp"

namespace tessera::report {
namespace {

using request::Operation;
using request::Outcome;
using std::chrono::nanoseconds;

request::Answered make(std::optional<Operation> operation, Outcome outcome, std::int64_t queue_us,
                       std::int64_t work_us) {
    return {"1", operation, outcome, {nanoseconds(queue_us * 1000), nanoseconds(work_us * 1000), 1, 1, 1}};
}

TEST(LatencySummary, IsATableForPeople) {
    LatencySummary summary;
    summary.add(make(Operation::nearest, Outcome::answered, 10, 30));
    summary.add(make(Operation::nearest, Outcome::answered, 10, 50));
    summary.add(make(Operation::aggregate, Outcome::answered, 1'000, 1'234'567));
    summary.add(make(Operation::aggregate, Outcome::too_large, 0, 0));
    summary.add(make(std::nullopt, Outcome::bad_json, 0, 1));
    EXPECT_EQ(summary.text(nanoseconds(1'250'000'000)), R"(5 requests in 1.250 s: 4 requests/s
                             |  latency, us                                     |  work, us
op         requests  errors  |     mean   p50        p90        p99        max  |     mean   p50        p90        p99        max
nearest           2       0  |     50.0  40.2       60.0       60.0       60.0  |     40.0  30.1       49.9       49.9       50.0
aggregate         2       1  |  617,784   0.0  1,233,125  1,233,125  1,235,567  |  617,284   0.0  1,233,125  1,233,125  1,234,567
unknown           1       1  |      1.0   1.0        1.0        1.0        1.0  |      1.0   1.0        1.0        1.0        1.0
all               5       2  |  247,134  40.2  1,233,125  1,233,125  1,235,567  |  246,930  30.1  1,233,125  1,233,125  1,234,567
errors: bad_json 1, too_large 1
)");
}

TEST(LatencySummary, OfNothingIsOneLine) {
    EXPECT_EQ(LatencySummary().text(nanoseconds(2'000'000)), "0 requests in 0.002 s\n");
}

TEST(LatencySummary, OfNoTimeHasNoRate) {
    LatencySummary summary;
    summary.add(make(Operation::range, Outcome::answered, 0, 1));
    EXPECT_EQ(summary.text(nanoseconds(0)).substr(0, 23), "1 requests in 0.000 s\n ");
}

/// The numbers of a table's line, separators and bars left out.
std::vector<double> numbers_of(std::string line) {
    line.erase(std::remove_if(line.begin(), line.end(), [](char c) { return c == ',' || c == '|'; }), line.end());
    std::istringstream words(line);
    std::string name;
    words >> name;
    return {std::istream_iterator<double>(words), {}};
}

/// Mean, p50, p90, p99 and max in microseconds, from all values in order.
std::vector<double> slow_figures(std::vector<double> us) {
    std::sort(us.begin(), us.end());
    auto const n = static_cast<double>(us.size());
    std::vector<double> figures{std::accumulate(us.begin(), us.end(), 0.0) / n};
    for (double const share : {0.5, 0.9, 0.99})
        figures.push_back(us[static_cast<std::size_t>(std::ceil(share * n)) - 1]);
    figures.push_back(us.back());
    return figures;
}

struct SlowRow {
    double errors = 0;
    std::vector<double> latency_us, work_us;
    void add(request::Answered const& answered) {
        errors += answered.outcome == Outcome::answered ? 0 : 1;
        latency_us.push_back(static_cast<double>((answered.cost.queue + answered.cost.work).count()) / 1000);
        work_us.push_back(static_cast<double>(answered.cost.work.count()) / 1000);
    }
};

TEST(LatencySummary, EqualsTheSortedList) {
    LatencySummary summary;
    std::map<std::string, SlowRow> wanted;
    for (request::Answered const& answered : random_answered(20'000)) {
        summary.add(answered);
        wanted["all"].add(answered);
        wanted[answered.operation ? std::string(request::name_of(*answered.operation)) : "unknown"].add(answered);
    }
    std::istringstream lines(summary.text(nanoseconds(1'000'000'000)));
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "20,000 requests in 1.000 s: 20,000 requests/s");
    std::size_t rows = 0;
    while (std::getline(lines, line)) {
        auto const found = wanted.find(line.substr(0, line.find(' ')));
        if (found == wanted.end()) continue;
        ++rows;
        auto const numbers = numbers_of(line);
        ASSERT_EQ(numbers.size(), 12U) << line;
        EXPECT_EQ(numbers[0], static_cast<double>(found->second.work_us.size()));
        EXPECT_EQ(numbers[1], found->second.errors);
        auto figures = slow_figures(found->second.latency_us);
        auto const work = slow_figures(found->second.work_us);
        figures.insert(figures.end(), work.begin(), work.end());
        for (std::size_t i = 0; i < figures.size(); ++i)
            EXPECT_NEAR(numbers[i + 2], figures[i], 0.01 * figures[i] + 0.05) << line << ", figure " << i;
    }
    EXPECT_EQ(rows, 5U);
}

}  // namespace
}  // namespace tessera::report
