// Command lines, which are understood or refused as such and in no other way; and the values of options, as slow
// readers have them.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <cmath>
#include <cstdlib>

#include "fuzz.hpp"
#include "ingest/slow_decimal.hpp"
#include "ingest/slow_time.hpp"
#include "input.hpp"
#include "tessera/app/command.hpp"
#include "tessera/app/option_values.hpp"
#include "tessera/core/error.hpp"

namespace tessera::fuzz {
namespace {

using namespace app;
using ingest::testing::slow_decimal;

constexpr std::string_view digits = "0123456789";

/// What `read` makes of the value of --value; nothing where it refuses it, which it must do in the right words.
template <class Read>
auto read_value(std::string const& text, Read&& read) -> std::optional<decltype(read(po::variables_map()))> {
    po::variables_map values;
    values.insert({"value", po::variable_value(boost::any(text), false)});
    try {
        return read(values);
    } catch (core::UsageError const& error) {
        std::string const message = error.what();
        EXPECT_TRUE(message.starts_with("--value ")) << message;
        EXPECT_GT(message.size(), 30U) << "no remedy: " << message;
        return std::nullopt;
    }
}

/// A whole number without sign of a list's word; nothing where it is none, or has more than 18 digits.
std::optional<std::int64_t> slow_whole(std::string text) {
    if (text.empty() || text.find_first_not_of(digits) != std::string::npos) return std::nullopt;
    text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
    return text.size() > 18 ? std::nullopt : std::optional<std::int64_t>(std::stoll(text));
}

/// A number as the library of C has it, of which we take the decimal forms.
std::optional<double> slow_real(std::string const& text) {
    if (text.empty() || text.front() == '+' || text.find_first_not_of("0123456789.eE+-") != std::string::npos)
        return std::nullopt;
    char* end = nullptr;
    double const value = std::strtod(text.c_str(), &end);
    return *end == '\0' ? std::optional(value) : std::nullopt;
}

/// Too small for a double: what that is differs between libraries.
bool is_tiny(std::string const& text) {
    auto const value = slow_real(text);
    return value && std::abs(*value) < 1e-300 && text.find_first_of("123456789") != std::string::npos;
}

std::vector<std::string> slow_words(std::string const& text) {
    std::vector<std::string> words(1);
    for (char const c : text)
        if (c == ',')
            words.emplace_back();
        else
            words.back() += c;
    return words;
}

void expect_same_numbers(std::string const& text) {
    auto const whole = read_value(text, [](auto const& v) { return read_integer(v, "value", -90, 1'000'000'000, 7); });
    bool const negative = text.starts_with('-');
    auto wanted = slow_whole(negative ? text.substr(1) : text);
    if (wanted && negative) wanted = -*wanted;
    if (wanted && (*wanted < -90 || *wanted > 1'000'000'000)) wanted.reset();
    EXPECT_EQ(whole, wanted) << text;

    auto const seconds = read_value(text, [](auto const& v) { return read_seconds(v, "value", 1'000'000, 7); });
    std::int64_t unit = 1;
    std::string count = text;
    for (auto const& [letter, length] : {std::pair{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}})
        if (text.ends_with(letter)) unit = length;
    if (unit > 1 || text.ends_with('s')) count.pop_back();
    auto product = slow_whole(count);
    if (product && *product < 10'000'000) *product *= unit;
    if (product && (*product < 1 || *product > 1'000'000)) product.reset();
    EXPECT_EQ(seconds ? std::optional<std::int64_t>(*seconds) : std::nullopt, product) << text;

    if (is_tiny(text)) return;
    auto const real = read_value(text, [](auto const& v) { return *read_real(v, "value", -1e6, 1e15); });
    auto exact = slow_real(text);
    if (exact && !(*exact >= -1e6 && *exact <= 1e15)) exact.reset();
    EXPECT_EQ(real, exact) << text;
}

/// The angle of a word; nothing where it is none.
std::optional<std::int64_t> slow_angle(std::string const& word, double most) {
    auto const degrees = slow_real(word);
    if (!degrees || !(std::abs(*degrees) <= most)) return std::nullopt;
    return slow_decimal(word, 7);
}

/// Beyond the seventh decimal, a double may lie on the other side of a half.
void expect_near(std::int64_t angle, std::int64_t exact, std::string const& word) {
    std::size_t const decimals = word.size() - std::min(word.find('.') + 1, word.size());
    bool const is_short = word.find_first_of("eE") == std::string::npos && decimals <= 7;
    EXPECT_LE(std::abs(angle - exact), is_short ? 0 : 1) << word;
}

void expect_same_places(std::string const& text) {
    auto const words = slow_words(text);
    EXPECT_EQ(split_words(text), words);
    if (words.size() > 5 ||
        std::ranges::any_of(words, [](auto const& word) { return is_tiny(word) || word.size() > 300; }))
        return;
    auto const point = read_value(text, [](auto const& v) { return *read_point(v, "value"); });
    auto const box = read_value(text, [](auto const& v) { return *read_box(v, "value"); });
    std::vector<std::int64_t> angles;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (auto const angle = slow_angle(words[i], i % 2 == 0 ? 180 : 90)) angles.push_back(*angle);
    bool const all_good = angles.size() == words.size();
    EXPECT_EQ(point.has_value(), all_good && angles.size() == 2) << text;
    if (point) {
        expect_near(point->lon, angles.at(0), words[0]);
        expect_near(point->lat, angles.at(1), words[1]);
    }
    if (!box) {
        bool const in_order = all_good && angles.size() == 4 && angles[0] + 1 < angles[2] && angles[1] + 1 < angles[3];
        EXPECT_FALSE(in_order) << text;
        return;
    }
    ASSERT_TRUE(all_good && angles.size() == 4) << text;
    EXPECT_FALSE(box->empty());
    std::int64_t const edges[] = {box->west, box->south, box->east, box->north};
    for (std::size_t i = 0; i < 4; ++i)
        expect_near(edges[i], angles[i], words[i]);
}

void expect_same_times(std::string const& text) {
    auto const time = read_value(text, [](auto const& v) { return *read_time(v, "value"); });
    auto const wanted = ingest::testing::slow_wall_time(text);
    EXPECT_EQ(time ? std::optional(time->count) : std::nullopt, wanted) << text;
}

void expect_same_lists(std::string const& text) {
    auto const list = read_value(text, [](auto const& v) { return read_integers(v, "value", 1, 1000); });
    std::vector<std::int64_t> wanted;
    for (std::string const& word : slow_words(text))
        if (auto const number = slow_whole(word); number && *number >= 1 && *number <= 1000) wanted.push_back(*number);
    EXPECT_EQ(list.has_value(), wanted.size() == slow_words(text).size()) << text;
    if (list) {
        EXPECT_EQ(*list, wanted);
    }
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < 40) {
        std::string_view const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        // As a word of a command line comes: it cannot hold a NUL.
        lines.emplace_back(line.substr(0, line.find('\0')));
    }
    return lines;
}

/// A command line is understood, or it is a UsageError: any other exception ends all ranks as a fault of the program.
void expect_understood_or_refused(std::vector<std::string> const& words) {
    try {
        auto const invocation = read_command_line(words);
        if (invocation.kind == Invocation::Kind::help) {
            EXPECT_NE(invocation.text.find("Usage: "), std::string::npos);
        }
        EXPECT_EQ(invocation.kind == Invocation::Kind::job, static_cast<bool>(invocation.job));
    } catch (core::UsageError const& error) {
        EXPECT_STRNE(error.what(), "");
    }
}

}  // namespace

void try_input(std::string_view bytes) {
    Input input(bytes);
    bool const is_command_line = input.choose(2) == 0;
    auto const lines = lines_of(input.body());
    if (is_command_line) return expect_understood_or_refused(lines);
    for (std::string const& text : lines) {
        expect_same_numbers(text);
        expect_same_places(text);
        expect_same_times(text);
        expect_same_lists(text);
    }
}

}  // namespace tessera::fuzz
