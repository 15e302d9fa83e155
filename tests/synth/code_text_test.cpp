#include "tessera/synth/code_text.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tessera::synth {
namespace {

/// All spellings that a style has of the payments it knows.
std::set<std::string> payments_in(CodeStyle style) {
    std::set<std::string> words;
    TripDraft trip;
    for (std::uint8_t vendor = 1; vendor <= 3; ++vendor) {
        for (std::uint8_t const payment : payments_of(style)) {
            for (std::uint8_t const spelling : {std::uint8_t{0}, std::uint8_t{255}}) {
                trip.vendor = vendor;
                trip.payment = payment;
                trip.spelling = spelling;
                words.insert(std::string(payment_text(style, trip)));
            }
        }
    }
    return words;
}

TEST(CodeText, SpellsPaymentsAsTheYearDid) {
    using Words = std::set<std::string>;
    EXPECT_EQ(payments_in(CodeStyle::words_2009), (Words{"CASH", "Cash", "Credit", "CREDIT", "No Charge", "Dispute"}));
    EXPECT_EQ(payments_in(CodeStyle::words_2010), (Words{"CAS", "Cas", "CSH", "CRE", "Cre", "CRD", "NA "}));
    EXPECT_EQ(payments_in(CodeStyle::words_2011), (Words{"CRD", "CSH", "NOC", "DIS", "UNK"}));
    EXPECT_EQ(payments_in(CodeStyle::numbers), (Words{"1", "2", "3", "4"}));
}

TEST(CodeText, KnowsWhatAVendorLeavesOut) {
    TripDraft trip;
    trip.vendor = 2;
    EXPECT_EQ(vendor_text(CodeStyle::words_2011, trip), "VTS");
    EXPECT_EQ(vendor_text(CodeStyle::numbers, trip), "2");
    EXPECT_EQ(store_and_forward_text(CodeStyle::words_2011, trip), "");
    EXPECT_EQ(rate_text(CodeStyle::words_2009, trip), "");
    EXPECT_EQ(rate_text(CodeStyle::words_2011, trip), "1");
    trip.vendor = 1;
    trip.spelling = 1;
    EXPECT_EQ(store_and_forward_text(CodeStyle::words_2011, trip), "N");
    trip.spelling = 64;
    EXPECT_EQ(store_and_forward_text(CodeStyle::words_2011, trip), "Y");
}

}  // namespace
}  // namespace tessera::synth
