#include "read_line.hpp"

// The id of lines that are no JSON, or are cut because they are too long.
namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

std::string id_of_cut(std::string_view line) {
    Refusal const refusal = RequestReader::refuse_long_line(line, 1'000'000);
    EXPECT_EQ(refusal.outcome, Outcome::too_long);
    EXPECT_EQ(refusal.message, "the line is longer than 1000000 bytes (--max-line)");
    EXPECT_FALSE(refusal.operation.has_value());
    return refusal.id;
}

TEST(FoundId, OfABrokenLine) {
    for (std::string_view const line :
         {R"({"id":"a","op":)", R"({"id":"a","op":"range"]})", R"({"id":"a" "op":1})",
          R"({ "op" : { "x" : [1 , {"id":"no"} ] } , "id" : "a" , "k" : 01 })", R"({"o\"p":"}{","id":"a",,})",
          R"({"x":"}","id":"a",,})", R"({"x":"[{","id":"a",,})", "{\"id\":\"a\",\"op\":\"r\xff\"}"}) {
        Refusal const refusal = read_bad(line);
        EXPECT_EQ(refusal.id, "\"a\"") << line;
        EXPECT_EQ(refusal.outcome, Outcome::bad_json);
        EXPECT_EQ(refusal.message.substr(0, 20), "the line is no JSON ") << refusal.message;
    }
}

TEST(FoundId, OfALineThatIsCut) {
    EXPECT_EQ(id_of_cut(R"({"id":"a","by":["hour","hou)"), "\"a\"");
    EXPECT_EQ(id_of_cut(R"({"id":17,"by":["hour","hou)"), "17");
    EXPECT_EQ(id_of_cut(R"({"id":-17 ,"by)"), "-17");
    EXPECT_EQ(id_of_cut(R"({"id":0,)"), "0");
    EXPECT_EQ(id_of_cut("\t{ \"id\"\t: 17 }"), "17");
    EXPECT_EQ(id_of_cut(R"({"id":"a")"), "\"a\"") << "a string that has ended is whole";
}

TEST(FoundId, IsNotGuessed) {
    for (std::string_view const line : {"",
                                        "{",
                                        "\"",
                                        "{\"id",
                                        "{\"id\"",
                                        "{\"id\":",
                                        "{\"id\":\"",
                                        "{\"id\":\"a",
                                        "{\"id\":1",
                                        "{\"id\":17   ",
                                        "{\"id\":-,",
                                        "{\"id\":-",
                                        "{\"id\":1.5,",
                                        "{\"id\":1e5,",
                                        "{\"id\":true,",
                                        "{\"id\":null,",
                                        "{\"id\":[1],",
                                        "{\"id\":{\"id\":1},",
                                        "{\"id\":17]",
                                        "\"id\":17,",
                                        "[\"id\",17,",
                                        "[{\"id\":17,",
                                        "{\"x\":{\"id\":17,",
                                        "{\"x\":[\"id\",17,",
                                        "{\"x\":\"id\",\"y\":17,",
                                        "{\"Id\":17,",
                                        "{\"x\":\"\\\"id\\\":17,"})
        EXPECT_EQ(id_of_cut(line), "") << line;
}

/// What comes back goes into an answer as it is: it must be JSON, whatever stood there.
TEST(FoundId, IsPlainJson) {
    for (std::string_view const line :
         {"{\"id\":007,", "{\"id\":-07,", "{\"id\":00,", "{\"id\":\"\x80\",", "{\"id\":\"\\ud800\",",
          "{\"id\":\"\\x\",", "{\"id\":\"a\x01\",", "{\"id\":\"a\nb\",", "{\"id\":\"\xc3\xa9\",", "{\"id\":+1,"})
        EXPECT_EQ(id_of_cut(line), "") << line;
    EXPECT_EQ(id_of_cut("{\"id\":\"" + std::string(198, 'x') + "\","), '"' + std::string(198, 'x') + '"');
    EXPECT_EQ(id_of_cut("{\"id\":\"" + std::string(199, 'x') + "\","), "") << "too long to be repeated";
}

TEST(FoundId, OfANumberTooLargeForAnyReader) {
    Refusal const refusal = read_bad(R"({"id":18446744073709551616,"op":"range"})");
    EXPECT_EQ(refusal.outcome, Outcome::bad_json);
    EXPECT_EQ(refusal.id, "18446744073709551616");
}

}  // namespace
}  // namespace tessera::request
