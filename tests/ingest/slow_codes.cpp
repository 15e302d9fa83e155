#include "slow_codes.hpp"

#include <map>

#include "slow_decimal.hpp"

namespace tessera::ingest::testing {
namespace {

using Words = std::map<std::string, int>;

std::uint8_t code_of(std::string const& text, int most, Words const& words) {
    if (auto const word = words.find(slow_lower(text)); word != words.end())
        return static_cast<std::uint8_t>(word->second);
    auto const number = slow_decimal(text, 0);
    return number && *number >= 1 && *number <= most ? static_cast<std::uint8_t>(*number) : std::uint8_t{0};
}

}  // namespace

std::string slow_lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::uint8_t slow_payment(std::string const& text) {
    static Words const words{{"credit", 1},    {"cre", 1}, {"crd", 1}, {"cash", 2},    {"cas", 2},
                             {"csh", 2},       {"no", 3},  {"noc", 3}, {"dispute", 4}, {"dis", 4},
                             {"no charge", 3}, {"unk", 5}, {"na", 5},  {"void", 6},    {"voided trip", 6}};
    return code_of(text, 6, words);
}

std::uint8_t slow_rate(std::string const& text) {
    return code_of(text, 6, {});
}

std::uint8_t slow_taxi_vendor(std::string const& text) {
    static Words const words{{"cmt", 1}, {"vts", 2}, {"dds", 3}};
    return code_of(text, 3, words);
}

std::uint8_t slow_uber_vendor(std::string const& text) {
    static Words const bases{{"b02512", 10}, {"b02598", 11}, {"b02617", 12}, {"b02682", 13}, {"b02764", 14}, {"", 0}};
    auto const base = bases.find(slow_lower(text));
    return static_cast<std::uint8_t>(base == bases.end() ? 15 : base->second);
}

}  // namespace tessera::ingest::testing
