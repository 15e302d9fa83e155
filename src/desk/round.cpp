#include "tessera/desk/round.hpp"

#include "tessera/request/wire.hpp"

namespace tessera::desk {

namespace {

void put_live(request::WireWriter& out, query::LiveQuestion const& question) {
    request::put_filter(out, question.filter);
    out.put(question.grid);
    out.put(question.first);
    out.put(question.windows);
    out.put(question.points);
}
query::LiveQuestion get_live(request::WireReader& in) {
    query::LiveQuestion question;
    question.filter = request::get_filter(in);
    question.grid = in.get<query::WindowGrid>();
    question.first = in.get<std::uint64_t>();
    question.windows = in.get<std::uint32_t>();
    question.points = in.get<std::uint32_t>();
    return question;
}

}  // namespace

void Round::clear() {
    error.clear();
    shared.questions.clear();
    shared.touched.clear();
    live.clear();
    maps = {};
    ask_loads = false;
    received.clear();
}

std::vector<std::byte> pack_round(Round const& round) {
    request::WireWriter out;
    out.put(round.kind);
    out.put(std::uint8_t{round.ask_loads});
    out.put_list(std::span<char const>(round.error));
    out.put_list(std::span<std::uint8_t const>(round.shared.touched));
    out.put(std::uint64_t{round.live.size()});
    for (query::LiveQuestion const& question : round.live)
        put_live(out, question);
    reduce::put_map_round(out, round.maps);
    out.put(std::uint64_t{round.shared.questions.size()});
    for (request::Question const* const question : round.shared.questions)
        request::put_question(out, *question);
    return out.take();
}

void unpack_round(std::vector<std::byte> const& bytes, Round& round) {
    request::WireReader in(bytes);
    round.clear();
    round.kind = in.get<Round::Kind>();
    round.ask_loads = in.get<std::uint8_t>() != 0;
    auto const error = in.get_list<char>();
    round.error.assign(error.begin(), error.end());
    round.shared.touched = in.get_list<std::uint8_t>();
    for (auto left = in.get<std::uint64_t>(); left > 0; --left)
        round.live.push_back(get_live(in));
    round.maps = reduce::get_map_round(in);
    for (auto left = in.get<std::uint64_t>(); left > 0; --left)
        round.shared.questions.push_back(&round.received.emplace_back(request::get_question(in)));
}

}  // namespace tessera::desk
