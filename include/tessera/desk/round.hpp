#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "tessera/query/live_windows.hpp"
#include "tessera/reduce/maps.hpp"
#include "tessera/reduce/parts.hpp"

namespace tessera::desk {

/// What all ranks do next.
struct Round {
    enum class Kind : std::uint8_t { answer, end, failed };
    Kind kind = Kind::end;
    std::string error;  ///< of a failure on the root
    reduce::SharedQuestions shared;
    std::vector<query::LiveQuestion> live;
    reduce::MapRound maps;
    bool ask_loads = false;                  ///< every rank tells how it is doing, once it has done the rest
    std::deque<request::Question> received;  ///< what `shared` points to on ranks other than the root

    /// Whether there is nothing to do.
    bool is_empty() const { return shared.questions.empty() && live.empty() && maps.empty() && !ask_loads; }
    /// Local. Nothing is left to do.
    void clear();
};

/// What came of a round, on the root.
struct RoundResult {
    std::vector<request::Part> parts;                  ///< one a question
    std::vector<std::vector<query::LiveWindow>> live;  ///< one a live question
    reduce::MapCounts maps;
    std::vector<reduce::RankLoad> loads;  ///< one a rank
};

/// Local. A round as bytes for the other ranks, and back.
std::vector<std::byte> pack_round(Round const& round);
void unpack_round(std::vector<std::byte> const& bytes, Round& round);

/// The root's side of the rounds: says what is to be done, and does something with what came of it. Neither may throw:
/// a failure is the next round.
class Desk {
  public:
    virtual ~Desk() = default;
    /// Local, OpenMP. The next round; waits for it. Pointers in it stay valid until the next call.
    virtual void fill(Round& round) noexcept = 0;
    /// Local, OpenMP. Takes what came of the round that was filled last.
    virtual void hand_out(RoundResult& result) noexcept = 0;
};

}  // namespace tessera::desk
