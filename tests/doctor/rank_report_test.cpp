#include "tessera/doctor/rank_report.hpp"

#include <gtest/gtest.h>

#include "made_up_reports.hpp"

namespace tessera::doctor {
namespace {

TEST(RankReport, ComesBackAsItWas) {
    RankReport report = make_reports(2, 2).back();
    report.single_copy_refused = true;
    report.single_copy_reason = "Operation \"not\" permitted";
    report.path.error = "weg";
    report.facts.cgroup = {1.5, 1 << 20};
    RankReport const back = from_json(as_json(report));
    EXPECT_EQ(as_json(back), as_json(report));
    EXPECT_EQ(back.facts.cards.front().address, "10.0.0.2");
    EXPECT_EQ(back.facts.cgroup.cores, 1.5);
    EXPECT_EQ(back.single_copy_reason, report.single_copy_reason);
}

TEST(RankReport, BytesThatAreNoTextAreSentAllTheSame) {
    RankReport report;
    report.facts.host = "h\xff";
    EXPECT_EQ(from_json(as_json(report)).facts.host, "h\xef\xbf\xbd");
}

}  // namespace
}  // namespace tessera::doctor
