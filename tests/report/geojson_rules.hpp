#pragma once
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

/// The rules of RFC 7946 that our outputs can break.
namespace tessera::report::testing {

inline void check_position(nlohmann::json const& position) {
    ASSERT_TRUE(position.is_array());
    ASSERT_EQ(position.size(), 2U);
    EXPECT_LE(std::abs(position[0].get<double>()), 180);
    EXPECT_LE(std::abs(position[1].get<double>()), 90);
}

inline void check_ring(nlohmann::json const& ring) {
    ASSERT_GE(ring.size(), 4U);
    EXPECT_EQ(ring.front(), ring.back());
    double twice_area = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        check_position(ring[i]);
        twice_area += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
                      ring[i + 1][0].get<double>() * ring[i][1].get<double>();
    }
    EXPECT_GT(twice_area, 0) << "an outer ring goes counter-clockwise";
}

inline void check_feature(nlohmann::json const& feature) {
    EXPECT_EQ(feature.at("type"), "Feature");
    EXPECT_TRUE(feature.at("properties").is_object());
    auto const& geometry = feature.at("geometry");
    if (geometry.is_null()) return;
    if (geometry.at("type") == "Point") return check_position(geometry.at("coordinates"));
    ASSERT_EQ(geometry.at("type"), "Polygon");
    for (auto const& ring : geometry.at("coordinates"))
        check_ring(ring);
}

/// Checks a whole file, and returns it.
inline nlohmann::json check_geojson(std::string const& text) {
    auto const collection = nlohmann::json::parse(text);
    EXPECT_EQ(collection.at("type"), "FeatureCollection");
    EXPECT_FALSE(collection.contains("crs"));
    for (auto const& feature : collection.at("features"))
        check_feature(feature);
    return collection;
}

}  // namespace tessera::report::testing
