#include "tessera/report/map_picture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "harness/seed.hpp"

namespace tessera::report {
namespace {

/// The oracle: the share of the sample that is not greater than the greatest value that does not exceed this one.
int color_by_hand(std::vector<double> const& sample, double value) {
    double const least = *std::min_element(sample.begin(), sample.end());
    double floor = least;
    for (double const other : sample)
        if (other <= value) floor = std::max(floor, other);
    auto const not_greater = [&](double than) {
        return static_cast<double>(std::count_if(sample.begin(), sample.end(), [&](double v) { return v <= than; }));
    };
    double const span = static_cast<double>(sample.size()) - not_greater(least);
    double const brightness = span > 0 ? (not_greater(floor) - not_greater(least)) / span : 1;
    return first_lit_color + static_cast<int>(std::lround(brightness * (255 - first_lit_color)));
}

TEST(MapScale, EqualisesTheSample) {
    std::mt19937_64 random(harness::seed());
    for (int turn = 0; turn < 40; ++turn) {
        std::vector<double> sample(1 + random() % 700);
        for (double& value : sample)
            value = std::floor(std::exp(static_cast<double>(random() % 1000) / 150)) - (turn % 3 == 0 ? 20 : 0);
        MapScale const scale(sample);
        for (int i = -30; i < 900; ++i)
            ASSERT_EQ(scale.color_of(i), color_by_hand(sample, i)) << i << " in turn " << turn;
        for (double const value : sample)
            ASSERT_EQ(scale.color_of(value), color_by_hand(sample, value));
    }
}

TEST(MapScale, OfOneValueAndOfNone) {
    EXPECT_EQ(MapScale(std::vector<double>{3, 3, 3}).color_of(3), 255);
    EXPECT_EQ(MapScale(std::vector<double>{3}).color_of(1), 255);
    EXPECT_EQ(MapScale(std::vector<double>{}).color_of(7), 255);
    EXPECT_EQ(MapScale().color_of(7), 255);
    MapScale const two(std::vector<double>{1, 1, 1, 5});
    EXPECT_EQ(two.color_of(1), first_lit_color);
    EXPECT_EQ(two.color_of(0.5), first_lit_color);
    EXPECT_EQ(two.color_of(4.9), first_lit_color);
    EXPECT_EQ(two.color_of(5), 255);
    EXPECT_EQ(two.color_of(1e300), 255);
}

TEST(PaintMap, ColoursWhatIsThereAndNothingElse) {
    query::MapQuestion question;
    query::MapPixels pixels;
    EXPECT_EQ(paint_map(pixels, question, MapScale()).pixels, std::vector<std::uint8_t>(256 * 256));
    pixels.count.assign(256 * 256, 0);
    pixels.count[3] = 1;
    pixels.count[70] = 1000;
    MapScale const scale(std::vector<double>{1, 1000});
    auto wanted = std::vector<std::uint8_t>(256 * 256);
    wanted[3] = first_lit_color;
    wanted[70] = 255;
    EXPECT_EQ(paint_map(pixels, question, scale).pixels, wanted);

    question.measure = {query::Statistic::mean, query::Field::fare};
    pixels.sum.assign(256 * 256, 0);
    pixels.sum[3] = 1000;   // of one trip
    pixels.sum[70] = 1000;  // of a thousand
    wanted[3] = 255;
    wanted[70] = first_lit_color;
    EXPECT_EQ(paint_map(pixels, question, scale).pixels, wanted);
    question.measure.statistic = query::Statistic::sum;
    wanted[70] = 255;
    EXPECT_EQ(paint_map(pixels, question, scale).pixels, wanted);
}

}  // namespace
}  // namespace tessera::report
