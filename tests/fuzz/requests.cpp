// Lines of requests: what another JSON library and the description's plain words make of them, sound refusals of all
// others, and the same requests and answers behind the wire.
#include "expect_wire.hpp"
#include "fuzz.hpp"
#include "input.hpp"
#include "request/read_line.hpp"
#include "request/slow_request.hpp"

#include <nlohmann/json.hpp>

namespace tessera::fuzz {
namespace {

using namespace request;
using namespace request::testing;
using nlohmann::json;

void expect_sound(Refusal const& refusal) {
    EXPECT_NE(refusal.outcome, Outcome::answered);
    EXPECT_FALSE(refusal.message.empty());
    EXPECT_NO_THROW(static_cast<void>(json(refusal.message).dump())) << "a message that is no UTF-8";
    if (refusal.id.empty()) return;
    EXPECT_TRUE(json::accept(refusal.id)) << refusal.id << " is no JSON";
    EXPECT_TRUE(refusal.id.front() == '"' || refusal.id.find_first_not_of("-0123456789") == std::string::npos)
        << refusal.id;
}

void expect_same(std::variant<Request, Refusal> const& read, SlowRequest const& wanted) {
    auto const* const request = std::get_if<Request>(&read);
    if (request == nullptr) {
        auto const& refusal = std::get<Refusal>(read);
        EXPECT_FALSE(wanted.meaning) << refusal.message << "\nbut it means " << *wanted.meaning;
        EXPECT_EQ(refusal.outcome, wanted.is_object ? Outcome::bad_request : Outcome::bad_json) << refusal.message;
        return;
    }
    ASSERT_TRUE(wanted.meaning) << "taken for " << describe(request->question);
    EXPECT_EQ(describe(request->question), *wanted.meaning);
    EXPECT_EQ(request->all_rows, wanted.all_rows);
    EXPECT_EQ(request->id.empty(), wanted.id.empty());
    if (!wanted.id.empty()) {
        EXPECT_EQ(json::parse(request->id), json::parse(wanted.id));
    }
}

}  // namespace

void try_input(std::string_view bytes) {
    Input input(bytes);
    constexpr Limits all_limits[] = {{}, {5, 7}, {1'000'000, 1}};
    Limits const limits = input.choose_of(all_limits);
    std::size_t const cut = input.choose(36) * 7 + input.choose(7);
    thread_local RequestReader readers[] = {RequestReader(all_limits[0]), RequestReader(all_limits[1]),
                                            RequestReader(all_limits[2])};
    RequestReader& reader = readers[limits.most_k == 5 ? 1 : limits.most_rows == 1 ? 2 : 0];
    std::string_view const line = input.body();
    auto const read = read_with(reader, line);
    if (auto const* const refusal = std::get_if<Refusal>(&read)) expect_sound(*refusal);
    expect_sound(RequestReader::refuse_long_line(line, 10));
    if (line.find('\0') == std::string_view::npos) expect_same(read, read_request_slowly(line, limits));
    if (auto const* const request = std::get_if<Request>(&read)) expect_same_behind_wire(request->question, cut);
    expect_same_behind_wire(line, cut);
}

}  // namespace tessera::fuzz
