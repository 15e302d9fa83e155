#include "share_round.hpp"

#include "tessera/comm/patience.hpp"
#include "tessera/core/error.hpp"

namespace tessera::app {

void share_round(comm::Communicator const& comm, comm::Doorbell const& doorbell, desk::Round& round) {
    std::vector<std::byte> bytes;
    if (comm.is_root() && comm.size() > 1) bytes = desk::pack_round(round);
    comm::broadcast_patiently(comm, doorbell, bytes);
    if (!comm.is_root()) desk::unpack_round(bytes, round);
    if (round.kind == desk::Round::Kind::failed) throw core::StageError(0, "answering: " + round.error);
}

}  // namespace tessera::app
