#include <nlohmann/json.hpp>

#include "harness/seed.hpp"
#include "random_questions.hpp"
#include "read_line.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing
using nlohmann::json;

constexpr std::string_view good_lines[]{
    R"({"id":"a","op":"nearest","at":[-73.9857,40.7484],"k":10,"within_m":500.25,"on":"pickup","from":"2014-04-01T08:00","to":"2014-04-01T09:00","source":["uber"]})",
    R"({"id":-12,"op":"range","box":[-73.99,40.74,-73.98,40.75],"from":"2014-04-01","limit":100,"count":false})",
    R"({"op":"aggregate","by":["hour","pickup_tile:12"],"measure":["trips","p90:fare"],"on":"dropoff","box":null})",
    R"({"id":"\u00e9\n\"🚕\"","op":"range","limit":0,"source":"green"})"};

std::size_t any_place(Random& random, std::string const& line) {
    return static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(line.size())));
}

/// Bytes changed, put in, taken out, doubled; pieces of other lines; ends cut.
void mutate(Random& random, std::string& line, bool any_byte) {
    static constexpr std::string_view likely = "{}[]\",:\\ue0123456789.-+eEtfn \t\r/*'";
    auto const byte = [&] {
        if (any_byte && one_in(random, 2)) return static_cast<char>(pick(random, 0, 255));
        return likely[static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(likely.size()) - 1))];
    };
    std::size_t const at = any_place(random, line);
    auto const length = static_cast<std::size_t>(pick(random, 1, 12));
    switch (pick(random, 0, 5)) {
        case 0:
            if (at < line.size()) line[at] = byte();
            return;
        case 1:
            line.insert(at, 1, byte());
            return;
        case 2:
            line.erase(at, length);
            return;
        case 3:
            line.insert(any_place(random, line), line.substr(at, length));
            return;
        case 4:
            if (one_in(random, 3)) line.resize(at);
            return;
        default:
            auto const other = std::string(good_lines[static_cast<std::size_t>(pick(random, 0, 3))]);
            line.insert(at, other.substr(any_place(random, other), length));
    }
}

std::string make_line(Random& random, bool any_byte) {
    std::string line(good_lines[static_cast<std::size_t>(pick(random, 0, 3))]);
    for (auto left = pick(random, 1, 4); left > 0; --left)
        mutate(random, line, any_byte);
    return line;
}

void expect_sound(Refusal const& refusal, std::string const& line) {
    EXPECT_NE(refusal.outcome, Outcome::answered) << line;
    EXPECT_FALSE(refusal.message.empty()) << line;
    EXPECT_NO_THROW(json(refusal.message).dump()) << "a message that is no UTF-8: " << line;
    if (refusal.id.empty()) return;
    EXPECT_TRUE(json::accept(refusal.id)) << refusal.id << " is no JSON; line " << line;
    EXPECT_TRUE(refusal.id.front() == '"' || refusal.id.find_first_not_of("-0123456789") == std::string::npos)
        << refusal.id << "; line " << line;
}

/// The same request once more, its members in another order and its text written by another library.
void expect_same_again(RequestReader& reader, Request const& request, std::string const& line) {
    auto const again = read_with(reader, json::parse(line).dump());
    ASSERT_TRUE(std::holds_alternative<Request>(again)) << line;
    EXPECT_EQ(describe(std::get<Request>(again).question), describe(request.question)) << line;
    EXPECT_EQ(std::get<Request>(again).id.empty(), request.id.empty());
    if (!request.id.empty()) {
        EXPECT_EQ(json::parse(std::get<Request>(again).id), json::parse(line)["id"]) << line;
    }
}

TEST(BrokenLines, AreRequestsOrRefusalsAndNeverACrash) {
    Random random(harness::seed());
    RequestReader reader(Limits{});
    int requests = 0, objects = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string const line = make_line(random, true);
        auto const read_line = read_with(reader, line);
        if (auto const* const refusal = std::get_if<Refusal>(&read_line)) {
            expect_sound(*refusal, line);
            objects += refusal->outcome == Outcome::bad_request ? 1 : 0;
        } else {
            ++requests;
            expect_same_again(reader, std::get<Request>(read_line), line);
        }
        RequestReader::refuse_long_line(line, 10);
        if (::testing::Test::HasFailure()) return;
    }
    EXPECT_GT(requests, 1000) << "the mutations must leave some requests";
    EXPECT_GT(objects, 1000);
}

TEST(BrokenLines, AreNoJsonWhereAnotherReaderSaysSo) {
    Random random(harness::seed() + 1);
    RequestReader reader(Limits{});
    int broken = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string const line = make_line(random, i % 2 == 0);
        if (line.find('\0') != std::string::npos) continue;  // the other reader takes it for the end of the text
        auto const read_line = read_with(reader, line);
        auto const* const refusal = std::get_if<Refusal>(&read_line);
        bool const bad_json = refusal != nullptr && refusal->outcome == Outcome::bad_json;
        bool const object = json::accept(line) && json::parse(line).is_object();
        EXPECT_EQ(bad_json, !object) << line << "\n" << (refusal != nullptr ? refusal->message : "");
        broken += bad_json ? 1 : 0;
        if (::testing::Test::HasFailure()) return;
    }
    EXPECT_GT(broken, 1000);
}

void expect_bad_json(std::string_view line, std::string_view message) {
    Refusal const refusal = read_bad(line);
    EXPECT_EQ(refusal.outcome, Outcome::bad_json) << line;
    EXPECT_EQ(refusal.message.substr(0, message.size()), message) << line;
    EXPECT_EQ(refusal.id, "") << line;
}

TEST(BrokenLines, OtherThanObjects) {
    std::string const object = "a request is a JSON object, not ";
    expect_bad_json("[]", object + "[]");
    expect_bad_json(R"([{"id":1,"op":"range"}])", object + R"([{"id":1,"op":"range"}])");
    expect_bad_json("17", object + "17");
    expect_bad_json("\"a\"", object + "\"a\"");
    expect_bad_json("null", object + "null");
    expect_bad_json("[" + std::string(500, '1') + "e-400]", object + "[");
    std::string const no_json = "the line is no JSON (";
    for (std::string_view const line : {"", " ", "\r", "{", "}", "{}}", "{} {}", "{},", "nearest", "{'op':'range'}",
                                        "{\"op\":\"range\",}", "{\"op\":NaN}", "// {}", "\xef\xbb\xbf{}"})
        expect_bad_json(line, no_json);
}

TEST(BrokenLines, NulBytesAndBytesThatAreNoUtf8) {
    for (std::string_view const bytes :
         {std::string_view("\0", 1), std::string_view("\xff"), std::string_view("\xc0\x80"),
          std::string_view("\xed\xa0\x80"), std::string_view("\xf4\x90\x80\x80"), std::string_view("\xe2\x82")}) {
        expect_bad_json(std::string(bytes), "the line is no JSON (");
        expect_bad_json("{\"op\":\"" + std::string(bytes) + "\"}", "the line is no JSON (");
        expect_bad_json("{\"op\":\"range\"}" + std::string(bytes), "the line is no JSON (");
    }
}

TEST(BrokenLines, NumbersBeyondAllReason) {
    for (std::string const number : {"1e999", "-1e999", "18446744073709551616", "-9223372036854775809", "1.", ".5",
                                     "01", "0x10", "1e", "--1", "Infinity"})
        expect_bad_json("{\"op\":\"nearest\",\"at\":[0,0],\"k\":" + std::string(number) + "}", "the line is no JSON (");
    EXPECT_EQ(read_bad(R"({"op":"nearest","at":[0,0],"k":1)" + std::string(400, '0') + "}").outcome, Outcome::bad_json);
    EXPECT_EQ(read_bad(R"({"op":"nearest","at":[1e308,0]})").message,
              "at must be [LON,LAT] in degrees, not [1e+308,0]");
}

TEST(BrokenLines, NestedDeeply) {
    for (std::size_t const depth : {10U, 900U, 1023U, 1024U, 5000U, 1'000'000U}) {
        std::string const open(depth, '['), shut(depth, ']');
        EXPECT_EQ(read_bad("{\"id\":7,\"box\":" + open + shut + ",\"op\":\"range\"}").id, "7") << depth;
        EXPECT_EQ(read_bad(open + shut).outcome, Outcome::bad_json) << depth;
        EXPECT_EQ(read_bad(open).outcome, Outcome::bad_json) << depth;
        std::string objects;
        for (std::size_t i = 0; i < depth; ++i)
            objects += "{\"a\":";
        EXPECT_NE(read_bad(objects).outcome, Outcome::answered) << depth;
    }
}

TEST(BrokenLines, LongNamesAndWordsInMessages) {
    for (std::size_t ahead = 30; ahead < 45; ++ahead) {
        std::string const line = "{\"" + std::string(ahead, 'x') + "東京東京\":1,\"op\":\"range\"}";
        expect_sound(read_bad(line), line);
    }
}

}  // namespace
}  // namespace tessera::request
