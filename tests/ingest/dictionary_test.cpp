#include "tessera/ingest/dictionary.hpp"

#include <gtest/gtest.h>

namespace tessera::ingest {
namespace {

struct Spelling {
    char const* text;
    unsigned code;
};

template <class Read, std::size_t n>
void expect_codes(Read&& read, Spelling const (&spellings)[n]) {
    for (auto const& [text, code] : spellings)
        EXPECT_EQ(unsigned{read(text).count}, code) << "'" << text << "'";
}

TEST(Dictionary, ReadsThePaymentsOfEveryYear) {
    constexpr Spelling spellings[] = {
        {"Credit", 1}, {"CREDIT", 1}, {"CRE", 1}, {"Cre", 1},     {"CRD", 1},  {"1", 1},   {"CASH", 2},
        {"Cash", 2},   {"CAS", 2},    {"Cas", 2}, {"CSH", 2},     {"2", 2},    {"NOC", 3}, {"No Charge", 3},
        {"3", 3},      {"DIS", 4},    {"4", 4},   {"Dispute", 4}, {"UNK", 5},  {"NA", 5},  {"5", 5},
        {"6", 6},      {"", 0},       {"0", 0},   {"7", 0},       {"XYZ", 0},  {"-1", 0},  {"CASHX", 0},
        {"CR", 0},     {"1.0", 1},    {"10", 0},  {"VOID", 6},    {"cash", 2}, {":", 0},   {"/", 0}};
    expect_codes(payment_code, spellings);
}

TEST(Dictionary, ReadsRates) {
    constexpr Spelling spellings[] = {{"1", 1},   {"2", 2},   {"3", 3},   {"4", 4},   {"5", 5}, {"6", 6},
                                      {"0", 0},   {"7", 0},   {"99", 0},  {"210", 0}, {"", 0},  {"N", 0},
                                      {"CMT", 0}, {"5.0", 5}, {"256", 0}, {"257", 0}};
    expect_codes(rate_code, spellings);
}

TEST(Dictionary, ReadsVendors) {
    constexpr Spelling spellings[] = {{"CMT", 1}, {"VTS", 2}, {"DDS", 3}, {"1", 1},    {"2", 2}, {"3", 3},
                                      {"4", 0},   {"", 0},    {"cmt", 1}, {"CMTX", 0}, {"CM", 0}};
    expect_codes(taxi_vendor_code, spellings);
}

TEST(Dictionary, ReadsUberBases) {
    constexpr Spelling spellings[] = {{"B02512", 10}, {"B02598", 11}, {"B02617", 12}, {"B02682", 13}, {"B02764", 14},
                                      {"b02764", 14}, {"B09999", 15}, {"1", 15},      {"B0251", 15},  {"", 0}};
    expect_codes(uber_vendor_code, spellings);
}

}  // namespace
}  // namespace tessera::ingest
