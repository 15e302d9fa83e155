#include "tessera/sizing/costs.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "tessera/core/error.hpp"

namespace tessera::sizing {
namespace {

class MeasuredCosts : public testing::Test {
  protected:
    ~MeasuredCosts() override { std::remove(path_.c_str()); }
    Costs read(std::string const& text) {
        std::ofstream(path_) << text;
        return read_costs(path_);
    }
    void expect_refusal(std::string const& text, std::string const& why) {
        try {
            read(text);
            FAIL() << text;
        } catch (core::DataError const& error) {
            EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
            EXPECT_NE(std::string(error.what()).find("--timings"), std::string::npos) << error.what();
        }
    }
    std::string path_ = testing::TempDir() + "tessera_costs.json";
};

TEST_F(MeasuredCosts, AreWorkWithoutWaitingTimesCores) {
    Costs const costs = read(
        R"({"command": "ingest", "ranks": 2, "threads": 3, "trips": 1000, "input_bytes": 200000, "stages": [
            {"stage": "read", "seconds": {"max": 9, "mean": 5, "min": 1}, "collectives": [
                {"collective": "allreduce", "seconds": {"mean": 1}}, {"collective": "barrier", "seconds": {"mean": 2}}]},
            {"stage": "tile", "seconds": {"mean": 3}, "collectives": []},
            {"stage": "all", "seconds": {"mean": 8}, "collectives": []}]})");
    EXPECT_DOUBLE_EQ(costs.read_s_a_byte, (5 - 1 - 2) * 6 / 200000.0);
    EXPECT_DOUBLE_EQ(costs.tile_s_a_trip, 3 * 6 / 1000.0);
    EXPECT_EQ(costs.write_s_a_trip, Costs{}.write_s_a_trip);  // not told
}

TEST_F(MeasuredCosts, OfSomethingElseAreRefused) {
    expect_refusal("{", "is not what --timings writes");
    expect_refusal("[]", "is not what --timings writes");
    expect_refusal(R"({"command": "ingest"})", "is not what --timings writes");
    expect_refusal(R"({"command": "answer"})", "is of answer, not of ingest");
    expect_refusal(R"({"command": "ingest", "trips": 0, "input_bytes": 5})", "kept no trip");
    try {
        read_costs("/no/such/file.json");
        FAIL();
    } catch (core::DataError const& error) {
        EXPECT_NE(std::string(error.what()).find("No such file"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace tessera::sizing
