#pragma once
#include <deque>
#include <string>

#include "tessera/comm/communicator.hpp"
#include "tessera/reduce/parts.hpp"

namespace tessera::app {

/// What all ranks do next.
struct Round {
    enum class Kind : std::uint8_t { answer, end, failed };
    Kind kind = Kind::end;
    std::string error;  ///< of a failure on the root
    reduce::SharedQuestions shared;
    std::deque<request::Question> received;  ///< what `shared` points to on ranks other than the root
};

/// Collective. The root's round on every rank. The others may have to wait for hours: they sleep meanwhile. A round
/// that failed is thrown on every rank as core::StageError.
void share_round(comm::Communicator const& comm, Round& round);

}  // namespace tessera::app
