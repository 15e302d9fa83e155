#include "tessera/synth/code_text.hpp"

#include <array>

namespace tessera::synth {
namespace {

constexpr std::uint8_t cmt = 1, vts = 2;
constexpr std::uint8_t card = 1, cash = 2;

constexpr std::array<std::string_view, 10> digit_texts{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
constexpr std::array<std::string_view, 4> vendor_words{"", "CMT", "VTS", "DDS"};
constexpr std::array<std::string_view, 6> payment_words_2011{"", "CRD", "CSH", "NOC", "DIS", "UNK"};
constexpr std::array<std::uint8_t, 5> five_payments{1, 2, 3, 4, 5};
constexpr std::array<std::uint8_t, 3> payments_2010{1, 2, 5};

std::string_view payment_word_2009(TripDraft const& trip) {
    if (trip.payment == card) return trip.vendor == cmt || trip.vendor == vts ? "Credit" : "CREDIT";
    if (trip.payment == cash) return trip.vendor == cmt ? "Cash" : "CASH";
    return trip.payment == 3 ? "No Charge" : "Dispute";
}

std::string_view payment_word_2010(TripDraft const& trip) {
    bool const late = trip.spelling < 100;  // the spelling of 2011 came into use during the year
    if (trip.payment == card) {
        if (late) return "CRD";
        return trip.vendor == cmt || trip.vendor == vts ? "Cre" : "CRE";
    }
    if (trip.payment != cash) return "NA ";
    if (late) return "CSH";
    return trip.vendor == cmt ? "Cas" : "CAS";
}

}  // namespace

std::span<std::uint8_t const> payments_of(CodeStyle style) {
    std::span<std::uint8_t const> const all = five_payments;
    if (style == CodeStyle::words_2010) return payments_2010;
    return style == CodeStyle::words_2011 ? all : all.first(4);
}

std::string_view vendor_text(CodeStyle style, TripDraft const& trip) {
    return style == CodeStyle::numbers ? digit_texts[trip.vendor] : vendor_words[trip.vendor];
}

std::string_view payment_text(CodeStyle style, TripDraft const& trip) {
    switch (style) {
        case CodeStyle::words_2009:
            return payment_word_2009(trip);
        case CodeStyle::words_2010:
            return payment_word_2010(trip);
        case CodeStyle::words_2011:
            return payment_words_2011[trip.payment];
        case CodeStyle::numbers:
            return digit_texts[trip.payment];
    }
    return "";
}

std::string_view rate_text(CodeStyle style, TripDraft const& trip) {
    return style == CodeStyle::words_2009 ? "" : digit_texts[trip.rate];
}

std::string_view store_and_forward_text(CodeStyle style, TripDraft const& trip) {
    bool const held = trip.spelling % 64 == 0;  // stored in the cab for want of a connection
    if (style == CodeStyle::numbers) return held ? "Y" : "N";
    if (trip.vendor != cmt) return "";
    if (style == CodeStyle::words_2011) return held ? "Y" : "N";
    if (style == CodeStyle::words_2010) return trip.spelling < 100 ? "N" : "0";
    return trip.spelling < 100 ? "" : "0";
}

}  // namespace tessera::synth
