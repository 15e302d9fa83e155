#include "tessera/core/columns.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tessera::core {
namespace {

// The design's list (section 7), written out: a store's data sets are called so.
constexpr std::array<std::string_view, 18> design_names{
    "pickup_time", "dropoff_time", "pickup_lon", "pickup_lat", "dropoff_lon", "dropoff_lat",
    "distance",    "fare",         "tip",        "tolls",      "total",       "passengers",
    "payment",     "rate",         "vendor",     "source",     "file",        "line"};

TEST(Columns, AreNamedAsTheDesignSays) {
    ASSERT_EQ(column_count, design_names.size());
    for (std::size_t i = 0; i < column_count; ++i)
        EXPECT_EQ(text_of(static_cast<Column>(i)).name, design_names[i]) << i;
    EXPECT_EQ(text_of(Column::line).name, "line");
    EXPECT_EQ(text_of(Column::passengers).name, "passengers");
}

TEST(Columns, ScaleTurnsTheIntegerIntoTheUnit) {
    for (Column const angle : {Column::pickup_lon, Column::pickup_lat, Column::dropoff_lon, Column::dropoff_lat})
        EXPECT_DOUBLE_EQ(text_of(angle).scale_factor, 1e-7);
    for (Column const money : {Column::fare, Column::tip, Column::tolls, Column::total}) {
        EXPECT_DOUBLE_EQ(text_of(money).scale_factor, 0.01);
        EXPECT_EQ(text_of(money).units, "USD");
    }
    EXPECT_DOUBLE_EQ(text_of(Column::distance).scale_factor, 0.01);
    EXPECT_EQ(text_of(Column::distance).units, "mile");
    EXPECT_EQ(text_of(Column::pickup_time).units, "seconds since 1970-01-01 00:00:00");
    EXPECT_DOUBLE_EQ(text_of(Column::line).scale_factor, 1);
}

TEST(Columns, WhatCanBeUnknownSaysSo) {
    for (Column const column :
         {Column::dropoff_time, Column::dropoff_lon, Column::distance, Column::fare, Column::total, Column::passengers})
        EXPECT_TRUE(text_of(column).has_unknown) << text_of(column).name;
    for (Column const column : {Column::payment, Column::source, Column::file, Column::line})
        EXPECT_FALSE(text_of(column).has_unknown) << text_of(column).name;
}

TEST(ColumnSet, HoldsWhatWasAdded) {
    ColumnSet set{Column::pickup_time, Column::line};
    EXPECT_TRUE(set.has(Column::pickup_time));
    EXPECT_TRUE(set.has(Column::line));
    EXPECT_FALSE(set.has(Column::fare));
    set.add(ColumnSet{Column::fare, Column::line});
    EXPECT_EQ(set, (ColumnSet{Column::line, Column::fare, Column::pickup_time}));
    EXPECT_EQ(ColumnSet{}, ColumnSet());
}

TEST(ColumnSet, AllIsEachColumnAndNoMore) {
    ColumnSet one_by_one;
    for (std::size_t i = 0; i < column_count; ++i) {
        EXPECT_TRUE(ColumnSet::all().has(static_cast<Column>(i)));
        EXPECT_NE(one_by_one, ColumnSet::all());
        one_by_one.add(static_cast<Column>(i));
    }
    EXPECT_EQ(one_by_one, ColumnSet::all());
}

}  // namespace
}  // namespace tessera::core
