#include "tessera/core/codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace tessera::core {
namespace {

std::map<int, std::string> as_map(std::span<CodeMeaning const> table) {
    std::map<int, std::string> map;
    for (CodeMeaning const& entry : table)
        map[entry.code] = entry.meaning;
    EXPECT_EQ(map.size(), table.size()) << "a code stands twice";
    EXPECT_TRUE(std::is_sorted(table.begin(), table.end(), [](auto a, auto b) { return a.code < b.code; }));
    return map;
}

TEST(Codes, SourcesAreFoundByTheirNames) {
    for (Source const source : all_sources)
        EXPECT_EQ(find_source(name_of(source)), source);
    EXPECT_EQ(name_of(Source::green), "green");
    EXPECT_EQ(name_of(Source::uber), "uber");
    EXPECT_EQ(name_of(Source::yellow), "yellow");
    for (char const* const other : {"", "not_given", "Yellow", "lyft"})
        EXPECT_EQ(find_source(other), std::nullopt);
}

TEST(Codes, SourcesSortByNumberAsByName) {
    EXPECT_TRUE(std::is_sorted(all_sources.begin(), all_sources.end(),
                               [](Source a, Source b) { return name_of(a) < name_of(b); }));
}

TEST(Codes, PaymentIsTheCommissionsDictionary) {
    EXPECT_EQ(as_map(payment_codes()), (std::map<int, std::string>{{0, "not_given"},
                                                                   {1, "card"},
                                                                   {2, "cash"},
                                                                   {3, "no_charge"},
                                                                   {4, "dispute"},
                                                                   {5, "unknown"},
                                                                   {6, "voided"}}));
}

TEST(Codes, RatesGoFrom0To6) {
    auto const rates = as_map(rate_codes());
    EXPECT_EQ(rates.begin()->first, 0);
    EXPECT_EQ(rates.rbegin()->first, 6);
    EXPECT_EQ(rates.size(), 7U);
    EXPECT_EQ(rates.at(2), "jfk");
}

TEST(Codes, VendorsAreTheThreeAndTheUberBases) {
    auto const vendors = as_map(vendor_codes());
    EXPECT_EQ(vendors.at(1), "cmt");
    EXPECT_EQ(vendors.at(2), "vts");
    EXPECT_EQ(vendors.at(3), "dds");
    for (std::size_t i = 0; i < uber_bases.size(); ++i) {
        std::string const& meaning = vendors.at(first_uber_vendor + static_cast<int>(i));
        EXPECT_EQ(meaning.substr(meaning.size() - 5), uber_bases[i].substr(1));
    }
    EXPECT_EQ(vendors.at(other_uber_vendor), "uber_other");
    EXPECT_EQ(vendors.size(), 10U);
}

TEST(Codes, MeaningsAreSingleWords) {
    // flag_meanings is one attribute of words parted by blanks
    for (auto const table : {payment_codes(), rate_codes(), vendor_codes(), source_codes()})
        for (CodeMeaning const& entry : table)
            EXPECT_EQ(entry.meaning.find(' '), std::string_view::npos);
}

}  // namespace
}  // namespace tessera::core
