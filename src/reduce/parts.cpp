#include "tessera/reduce/parts.hpp"

#include "tessera/comm/exchange.hpp"
#include "tessera/request/wire.hpp"

namespace tessera::reduce {
namespace {

std::vector<std::uint8_t> senders_of(SharedQuestions const& shared, std::size_t ranks) {
    std::vector<std::uint8_t> senders(ranks, 0);
    for (std::size_t question = 0; question < shared.questions.size(); ++question)
        for (std::size_t rank = 0; rank < ranks; ++rank)
            senders[rank] |= shared.touched[question * ranks + rank];
    return senders;
}

}  // namespace

void reduce_parts(comm::Communicator const& comm, SharedQuestions const& shared, std::vector<request::Part>& parts,
                  RankLoad my_load, std::vector<RankLoad>& loads) {
    auto const ranks = static_cast<std::size_t>(comm.size()), me = static_cast<std::size_t>(comm.rank());
    request::WireWriter mine;
    if (!comm.is_root()) {
        mine.put(my_load);
        for (std::size_t question = 0; question < shared.questions.size(); ++question)
            if (shared.touches(question, me, ranks)) request::put_part(mine, parts[question]);
    }
    auto const lists = comm::gather_from_some_to_root(comm, senders_of(shared, ranks), mine.take());
    if (!comm.is_root()) return;
    loads.resize(ranks);
    loads[0] = my_load;
    for (std::size_t rank = 1; rank < ranks; ++rank) {
        request::WireReader in(lists[rank]);
        if (in.at_end()) continue;
        loads[rank] = in.get<RankLoad>();
        for (std::size_t question = 0; question < shared.questions.size(); ++question)
            if (shared.touches(question, rank, ranks))
                parts[question] =
                    request::merge(std::move(parts[question]), request::get_part(in), *shared.questions[question]);
    }
}

}  // namespace tessera::reduce
