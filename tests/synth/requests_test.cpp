#include <gtest/gtest.h>
#include <omp.h>

#include <map>

#include "harness/seed.hpp"
#include "synth/request_list.hpp"
#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {
namespace {

using nlohmann::json;

RequestRecipe recipe_of(std::uint64_t count, RequestMix mix = {}) {
    return {count, harness::seed(), mix};
}

core::WallTime time_of(json const& text) {
    return *core::parse_wall_time(text.get<std::string>());
}

/// Minutes of a request's window; 0 for none.
std::uint32_t window_minutes(json const& request) {
    if (!request.contains("from")) return 0;
    return (time_of(request["to"]).count - time_of(request["from"]).count) / 60;
}

TEST(Requests, AreWhatTheCommandLineAllows) {
    std::uint64_t row = 0;
    TimeSpan const month = whole_month(2014, 4);
    for (json const& request : read_requests(recipe_of(20'000), *made_up_scenes())) {
        ASSERT_EQ(request.at("id"), "r" + std::to_string(++row));
        ASSERT_EQ(fault_in(request), "") << request;
        if (window_minutes(request) == 0) continue;
        ASSERT_TRUE(month.contains(time_of(request["from"])) && time_of(request["to"]) <= month.to) << request;
    }
    EXPECT_EQ(row, 20'000U);
}

TEST(Requests, RulesCanFail) {
    json request = read_requests(recipe_of(1, {{0, 1, 0}, {}, {}}), *made_up_scenes()).front();
    ASSERT_EQ(fault_in(request), "");
    for (auto const& [name, wrong] : std::vector<std::pair<char const*, json>>{{"limit", 0},
                                                                               {"box", {-73, 40, -74, 41}},
                                                                               {"box", {-73.123456, 40, -73, 41}},
                                                                               {"source", {"uber", "uber"}},
                                                                               {"on", "roof"},
                                                                               {"from", "2014-04-30T24:30"},
                                                                               {"k", 10}}) {
        json spoilt = request;
        spoilt[name] = wrong;
        EXPECT_NE(fault_in(spoilt), "") << spoilt;
    }
}

TEST(Requests, KeepTheSharesOfTheMix) {
    std::map<std::string, double> share;
    double constexpr count = 40'000;
    for (json const& request : read_requests(recipe_of(40'000), *made_up_scenes())) {
        share[request["op"]] += 1 / count;
        share["dropoff"] += request.value("on", "") == "dropoff" ? 1 / count : 0;
        share["one source"] += request.contains("source") && request["source"].size() == 1 ? 1 / count : 0;
        share["two sources"] += request.contains("source") && request["source"].size() == 2 ? 1 / count : 0;
        if (request["op"] != "nearest") continue;
        share["k 10"] += request["k"] == 10 ? 1 / count : 0;
        share["within"] += request.contains("within_m") ? 1 / count : 0;
        share["hour"] += window_minutes(request) == 60 ? 1 / count : 0;
        share["no window"] += window_minutes(request) == 0 ? 1 / count : 0;
    }
    for (auto const& [what, wanted] : std::map<std::string, double>{{"nearest", 0.60},
                                                                    {"range", 0.25},
                                                                    {"aggregate", 0.15},
                                                                    {"dropoff", 0.15},
                                                                    {"one source", 0.20},
                                                                    {"two sources", 0.05},
                                                                    {"k 10", 0.6 * 0.605},
                                                                    {"within", 0.6 * 0.25},
                                                                    {"hour", 0.6 * 0.40},
                                                                    {"no window", 0.6 * 0.20}})
        EXPECT_NEAR(share[what], wanted, 0.012) << what;  // five deviations at most
}

TEST(Requests, HaveBoxesAsLargeAsPromised) {
    std::map<std::string, std::pair<double, double>> const sides{{"range", {200, 3000}}, {"aggregate", {500, 5000}}};
    std::size_t without_box = 0, aggregates = 0;
    for (json const& request : read_requests(recipe_of(20'000, {{0, 1, 1}, {}, {}}), *made_up_scenes())) {
        aggregates += request["op"] == "aggregate";
        if (!request.contains("box")) {
            ++without_box;
            ASSERT_EQ(request["op"], "aggregate");
            ASSERT_GT(window_minutes(request), 0U) << "nothing bounds the work: " << request;
            continue;
        }
        auto const [least, most] = sides.at(request["op"]);
        double const west = request["box"][0], south = request["box"][1], east = request["box"][2],
                     north = request["box"][3];
        ASSERT_LE(std::max((east - west) * 84'237, (north - south) * 111'195), most + 3);
        bool const cut = west <= -74.3 || south <= 40.45 || east >= -73.6 || north >= 41;
        ASSERT_TRUE(cut || std::min((east - west) * 84'237, (north - south) * 111'195) >= least - 3) << request;
    }
    EXPECT_NEAR(static_cast<double>(without_box) / static_cast<double>(aggregates), 0.07, 0.02);
}

TEST(Requests, TakeWhatIsFixed) {
    std::map<std::optional<WindowKind>, std::uint32_t> const minutes{{WindowKind::none, 0},
                                                                     {WindowKind::quarter_hour, 15},
                                                                     {WindowKind::hour, 60},
                                                                     {WindowKind::day, 1440},
                                                                     {WindowKind::week, 7 * 1440}};
    for (auto const& [window, length] : minutes) {
        for (json const& request : read_requests(recipe_of(500, {{1, 1, 1}, window, {}}), *made_up_scenes()))
            ASSERT_EQ(window_minutes(request), length) << request;
    }
    auto const any_k = read_requests(recipe_of(500), *made_up_scenes());
    auto fixed_k = read_requests(recipe_of(500, {{60, 25, 15}, {}, 7}), *made_up_scenes());
    for (std::size_t i = 0; i < any_k.size(); ++i) {
        if (fixed_k[i]["op"] != "nearest") continue;
        ASSERT_EQ(fixed_k[i]["k"], 7);
        fixed_k[i]["k"] = any_k[i]["k"];
    }
    EXPECT_EQ(fixed_k, any_k);
    for (json const& request : read_requests(recipe_of(500, {{1, 0, 0}, {}, {}}), *made_up_scenes()))
        ASSERT_EQ(request["op"], "nearest");
}

TEST(Requests, OfARowDependOnNothingElse) {
    auto const scenes = made_up_scenes();
    // Not a multiple of the block's rows, and more than one round of blocks for one thread.
    std::string const all = request_text(recipe_of(5011), *scenes);
    for (std::uint64_t const count : {0U, 1U, 1024U, 1025U, 5010U}) {
        std::string const part = request_text(recipe_of(count), *scenes);
        EXPECT_TRUE(all.starts_with(part) && part.size() < all.size()) << count;
    }
    int const threads = omp_get_max_threads();
    for (int const many : {1, 3, 7}) {
        omp_set_num_threads(many);
        EXPECT_TRUE(request_text(recipe_of(5011), *scenes) == all) << many << " threads";
    }
    omp_set_num_threads(threads);
    RequestRecipe other = recipe_of(5011);
    ++other.seed;
    EXPECT_FALSE(request_text(other, *scenes) == all);
}

TEST(Requests, RefuseWhatNobodyCanAskFor) {
    auto const scenes = made_up_scenes();
    EXPECT_THROW(request_text(recipe_of(1, {{0, 0, 0}, {}, {}}), *scenes), core::UsageError);
    EXPECT_THROW(request_text(recipe_of(1, {{largest_weight + 1, 0, 0}, {}, {}}), *scenes), core::UsageError);
    EXPECT_THROW(request_text(recipe_of(1, {{1, 0, 0}, {}, 0}), *scenes), core::UsageError);
    EXPECT_THROW(request_text(recipe_of(1, {{1, 0, 0}, {}, largest_k + 1}), *scenes), core::UsageError);
    EXPECT_THROW(request_text(recipe_of(max_requests + 1), *scenes), core::UsageError);
}

}  // namespace
}  // namespace tessera::synth
