#include "round.hpp"

#include "tessera/comm/patience.hpp"
#include "tessera/core/error.hpp"
#include "tessera/request/wire.hpp"

namespace tessera::app {
namespace {

std::vector<std::byte> pack(Round const& round) {
    request::WireWriter out;
    out.put(round.kind);
    out.put_list(std::span<char const>(round.error));
    out.put_list(std::span<std::uint8_t const>(round.shared.touched));
    out.put(std::uint64_t{round.shared.questions.size()});
    for (request::Question const* const question : round.shared.questions)
        request::put_question(out, *question);
    return out.take();
}

void unpack(std::vector<std::byte> const& bytes, Round& round) {
    request::WireReader in(bytes);
    round.kind = in.get<Round::Kind>();
    auto const error = in.get_list<char>();
    round.error.assign(error.begin(), error.end());
    round.shared.touched = in.get_list<std::uint8_t>();
    round.shared.questions.clear();
    round.received.clear();
    for (auto left = in.get<std::uint64_t>(); left > 0; --left)
        round.shared.questions.push_back(&round.received.emplace_back(request::get_question(in)));
}

}  // namespace

void share_round(comm::Communicator const& comm, Round& round) {
    std::vector<std::byte> bytes;
    if (comm.is_root() && comm.size() > 1) bytes = pack(round);
    comm::broadcast_patiently(comm, bytes);
    if (!comm.is_root()) unpack(bytes, round);
    if (round.kind == Round::Kind::failed) throw core::StageError(0, round.error);
}

}  // namespace tessera::app
