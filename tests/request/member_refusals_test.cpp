#include "read_line.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

/// A line and the message of its refusal, whole.
struct Case {
    std::string line;
    std::string message;
};

void expect_refusals(std::vector<Case> const& cases, std::optional<Operation> operation, Limits limits = {}) {
    for (Case const& c : cases) {
        Refusal const refusal = read_bad(c.line, limits);
        EXPECT_EQ(refusal.message, c.message) << c.line;
        EXPECT_EQ(refusal.outcome, Outcome::bad_request) << c.line;
        EXPECT_EQ(refusal.operation, operation) << c.line;
    }
}

std::string nearest(std::string const& members) {
    return R"({"op":"nearest","at":[-73.9857,40.7484],)" + members + "}";
}
std::string range(std::string const& members) {
    return R"({"op":"range",)" + members + "}";
}
std::string aggregate(std::string const& members) {
    return R"({"op":"aggregate",)" + members + "}";
}

TEST(MemberRefusals, OfTheContract) {
    Refusal const refusal = read_bad(R"({"id":"x","op":"nearest","at":[0,0],"k":0})");
    EXPECT_EQ(refusal.id, "\"x\"");
    EXPECT_EQ(refusal.message, "k must be from 1 to 10000, not 0");
}

TEST(MemberRefusals, OfNearest) {
    std::string const metres = "within_m must be a number from 0 to 25000000, not ";
    std::string const place = "at must be [LON,LAT] in degrees, not ";
    expect_refusals({{nearest(R"("k":10001)"), "k must be from 1 to 10000, not 10001"},
                     {nearest(R"("k":-1)"), "k must be from 1 to 10000, not -1"},
                     {nearest(R"("k":10.0)"), "k must be from 1 to 10000, not 10.0"},
                     {nearest(R"("k":"10")"), "k must be from 1 to 10000, not \"10\""},
                     {nearest(R"("k":[10])"), "k must be from 1 to 10000, not [10]"},
                     {nearest(R"("k":true)"), "k must be from 1 to 10000, not true"},
                     {nearest(R"("k":18446744073709551615)"), "k must be from 1 to 10000, not 18446744073709551615"},
                     {nearest(R"("within_m":-1)"), metres + "-1"},
                     {nearest(R"("within_m":-1e-300)"), metres + "-1e-300"},
                     {nearest(R"("within_m":25000000.1)"), metres + "25000000.1"},
                     {nearest(R"("within_m":"5")"), metres + "\"5\""},
                     {R"({"op":"nearest"})", "at is missing; give [LON,LAT] in degrees"},
                     {R"({"op":"nearest","at":null})", "at is missing; give [LON,LAT] in degrees"},
                     {R"({"op":"nearest","at":[]})", place + "[]"},
                     {R"({"op":"nearest","at":[1]})", place + "[1]"},
                     {R"({"op":"nearest","at":[1,2,3]})", place + "[1,2,3]"},
                     {R"({"op":"nearest","at":[1,"2"]})", place + R"([1,"2"])"},
                     {R"({"op":"nearest","at":[1,null]})", place + "[1,null]"},
                     {R"({"op":"nearest","at":[180.1,2]})", place + "[180.1,2]"},
                     {R"({"op":"nearest","at":[-180.1,2]})", place + "[-180.1,2]"},
                     {R"({"op":"nearest","at":[1,90.1]})", place + "[1,90.1]"},
                     {R"({"op":"nearest","at":[40,-91]})", place + "[40,-91]"},
                     {R"({"op":"nearest","at":{"lon":1,"lat":2}})", place + R"({"lon":1,"lat":2})"},
                     {R"({"op":"nearest","at":"1,2"})", place + R"("1,2")"}},
                    Operation::nearest);
    expect_refusals({{nearest(R"("k":4)"), "k must be from 1 to 3, not 4"}}, Operation::nearest,
                    {.most_k = 3, .most_rows = 9});
}

TEST(MemberRefusals, OfRange) {
    expect_refusals({{range(R"("limit":10001)"), "limit must be from 0 to 10000, not 10001"},
                     {range(R"("limit":-1)"), "limit must be from 0 to 10000, not -1"},
                     {range(R"("limit":1.5)"), "limit must be from 0 to 10000, not 1.5"},
                     {range(R"("count":1)"), "count must be true or false, not 1"},
                     {range(R"("count":"true")"), "count must be true or false, not \"true\""}},
                    Operation::range);
    expect_refusals({{range(R"("limit":6)"), "limit must be from 0 to 5, not 6"}}, Operation::range,
                    {.most_k = 9, .most_rows = 5});
}

TEST(MemberRefusals, OfAggregate) {
    std::string const by_missing = R"(by is missing; give a list of keys like ["hour"])";
    expect_refusals({{R"({"op":"aggregate"})", by_missing},
                     {aggregate(R"("by":null)"), by_missing},
                     {aggregate(R"("by":7)"), "by must be a list of strings, not 7"},
                     {aggregate(R"("by":["hour",7])"), R"(by must be a list of strings, not ["hour",7])"},
                     {aggregate(R"("by":"hour","measure":{})"), "measure must be a list of strings, not {}"}},
                    Operation::aggregate);
    // Keys and measures are refused in the words of the command line.
    auto const starts = [](std::string const& members) { return read_bad(aggregate(members)).message.substr(0, 30); };
    EXPECT_EQ(starts(R"("by":["minute"])"), "key 'minute' does not exist; t");
    EXPECT_EQ(starts(R"("by":[])"), "key '' does not exist; the key");
    EXPECT_EQ(starts(R"("by":["hour","hour"])"), "key 'hour' is given twice; the");
    EXPECT_EQ(starts(R"("by":["","hour"])"), "key '' does not exist; the key");
    EXPECT_EQ(starts(R"("by":["pickup_tile:25"])"), "key 'pickup_tile:25' has a lev");
    EXPECT_EQ(starts(R"("by":"hour","measure":[])"), "measure '' does not exist; a m");
    EXPECT_EQ(starts(R"("by":"hour","measure":["fare"])").substr(0, 14), "measure 'fare'");
}

TEST(MemberRefusals, OfTheFilter) {
    std::string const time = R"( must be a time like "2014-04-01T08:00" or a date, not )";
    std::string const box = "box must be [W,S,E,N] in degrees, not ";
    std::string const order = "box must be [W,S,E,N] with W at most E and S at most N, not ";
    std::string const source = R"(source must be some of ["yellow","green","uber"], not )";
    std::string const end = R"(on must be "pickup" or "dropoff", not )";
    expect_refusals({{range(R"("from":"2014-04-31")"), "from" + time + R"("2014-04-31")"},
                     {range(R"("from":"2014-04-01T24:00")"), "from" + time + R"("2014-04-01T24:00")"},
                     {range(R"("from":"")"), "from" + time + R"("")"},
                     {range(R"("to":1396310400)"), "to" + time + "1396310400"},
                     {range(R"("to":"2014-04-01T08:00Z")"), "to" + time + R"("2014-04-01T08:00Z")"},
                     {range(R"("from":"2014-04-02","to":"2014-04-02T00:00")"),
                      R"(the window from "2014-04-02" to "2014-04-02T00:00" is empty; to must be later than from)"},
                     {range(R"("box":[1,2,3])"), box + "[1,2,3]"},
                     {range(R"("box":[1,2,3,4,5])"), box + "[1,2,3,4,5]"},
                     {range(R"("box":[1,2,3,"4"])"), box + R"([1,2,3,"4"])"},
                     {range(R"("box":[-181,2,3,4])"), box + "[-181,2,3,4]"},
                     {range(R"("box":[1,-91,3,4])"), box + "[1,-91,3,4]"},
                     {range(R"("box":[1,2,3,90.0000001])"), box + "[1,2,3,90.0000001]"},
                     {range(R"("box":"1,2,3,4")"), box + R"("1,2,3,4")"},
                     {range(R"("box":[3,2,1,4])"), order + "[3,2,1,4]"},
                     {range(R"("box":[1,4,3,2])"), order + "[1,4,3,2]"},
                     {range(R"("on":"Pickup")"), end + R"("Pickup")"},
                     {range(R"("on":["pickup"])"), end + R"(["pickup"])"},
                     {range(R"("source":["blue"])"), source + R"(["blue"])"},
                     {range(R"("source":"")"), source + R"("")"},
                     {range(R"("source":[])"), source + "[]"},
                     {range(R"("source":["uber",""])"), source + R"(["uber",""])"},
                     {range(R"("source":["","uber"])"), source + R"(["","uber"])"},
                     {range(R"("source":["Uber"])"), source + R"(["Uber"])"},
                     {range(R"("source":[1])"), "source must be a list of strings, not [1]"}},
                    Operation::range);
}

TEST(MemberRefusals, OfTheOperation) {
    expect_refusals({{"{}", "op is missing; it is nearest, range or aggregate"},
                     {R"({"id":1})", "op is missing; it is nearest, range or aggregate"},
                     {R"({"op":null})", "op is missing; it is nearest, range or aggregate"},
                     {R"({"op":"near"})", R"(op must be nearest, range or aggregate, not "near")"},
                     {R"({"op":"answered"})", R"(op must be nearest, range or aggregate, not "answered")"},
                     {R"({"op":1})", "op must be nearest, range or aggregate, not 1"}},
                    std::nullopt);
}

TEST(MemberRefusals, OfMembersThatDoNotBelong) {
    std::string const all = "id, op, from, to, box, on, source, at, k, within_m, limit, count, by, measure";
    expect_refusals({{R"({"op":"range","K":1})", "'K' is no member of a request; there are " + all},
                     {R"({"op":"range","":1})", "'' is no member of a request; there are " + all},
                     {R"({"op":"range","lim\u0000it":1})", "'lim?it' is no member of a request; there are " + all},
                     {R"({"op":"range","op":"range"})", "'op' is given twice"},
                     {R"({"op":"range","k":null,"k":null})", "'k' is given twice"}},
                    std::nullopt);
    std::string const shared = "id, op, from, to, box, on, source, ";
    expect_refusals(
        {{range(R"("k":1)"), "'k' is no member of a request of op range; it has " + shared + "limit, count"},
         {range(R"("by":["hour"])"), "'by' is no member of a request of op range; it has " + shared + "limit, count"}},
        Operation::range);
    expect_refusals({{nearest(R"("limit":1)"),
                      "'limit' is no member of a request of op nearest; it has " + shared + "at, k, within_m"},
                     {nearest(R"("measure":[])"),
                      "'measure' is no member of a request of op nearest; it has " + shared + "at, k, within_m"}},
                    Operation::nearest);
    expect_refusals({{aggregate(R"("by":"hour","within_m":1)"),
                      "'within_m' is no member of a request of op aggregate; it has " + shared + "by, measure"}},
                    Operation::aggregate);
}

/// Each member with each operation that does not take it.
TEST(MemberRefusals, OfEveryMemberThatAnOperationDoesNotTake) {
    std::vector<std::string> const nearest_only{"at", "k", "within_m"}, range_only{"limit", "count"},
        aggregate_only{"by", "measure"};
    auto const refuse = [](std::string const& operation, std::vector<std::string> const& members) {
        for (std::string const& member : members) {
            std::string const begin = "'" + member + "' is no member of a request of op " + operation;
            std::string const line = R"({"op":")" + operation + R"(",")" + member + R"(":1})";
            EXPECT_EQ(read_bad(line).message.substr(0, begin.size()), begin);
        }
    };
    for (auto const* const members : {&range_only, &aggregate_only})
        refuse("nearest", *members);
    for (auto const* const members : {&nearest_only, &aggregate_only})
        refuse("range", *members);
    for (auto const* const members : {&nearest_only, &range_only})
        refuse("aggregate", *members);
}

TEST(MemberRefusals, OfIds) {
    std::string const id = "id must be a string or a whole number, not ";
    expect_refusals({{R"({"id":1.5,"op":"range"})", id + "1.5"},
                     {R"({"id":1e3,"op":"range"})", id + "1000.0"},
                     {R"({"id":true,"op":"range"})", id + "true"},
                     {R"({"id":["a"],"op":"range"})", id + R"(["a"])"},
                     {R"({"id":{},"op":"range"})", id + "{}"}},
                    std::nullopt);
    EXPECT_EQ(read_bad(R"({"id":1.5,"op":"range"})").id, "") << "what is no id does not come back as one";
}

TEST(MemberRefusals, HaveTheIdThatFollows) {
    for (std::string const line : {R"({"limit":-1,"op":"range","id":17})", R"({"what":1,"op":"range","id":17})",
                                   R"({"op":"range","op":"range","id":17})", R"({"op":"rage","id":17})"})
        EXPECT_EQ(read_bad(line).id, "17") << line;
    EXPECT_EQ(read_bad(R"({"first":1,"second":2,"op":"range","id":17})").message.substr(0, 8), "'first' ")
        << "the first error is told";
    EXPECT_EQ(read_bad(R"({"id":1,"id":2,"op":"range"})").id, "1");
}

TEST(MemberRefusals, ShowLongValuesCutBetweenCharacters) {
    std::string const begin = "limit must be from 0 to 10000, not ";
    for (std::size_t spaces = 0; spaces < 8; ++spaces) {
        std::string const ahead(50 + spaces, 'x');
        std::string const line = range(R"("limit":")" + ahead + "🚕🚕🚕🚕🚕\"");
        std::string const shown = read_bad(line).message.substr(begin.size());
        std::size_t const whole = (60 - 1 - ahead.size()) / 4;  // taxis that surely fit into 60 bytes
        std::string taxis;
        for (std::size_t i = 0; i + 1 < whole; ++i)
            taxis += "🚕";
        EXPECT_EQ(shown.substr(0, 1 + ahead.size() + taxis.size()), '"' + ahead + taxis);
        EXPECT_EQ(shown.substr(shown.size() - 3), "...");
        EXPECT_LE(shown.size(), 63U);
        std::size_t const rest = shown.size() - 3 - 1 - ahead.size();
        EXPECT_EQ(rest % 4, 0U) << "a character is cut: " << shown;
    }
}

}  // namespace
}  // namespace tessera::request
