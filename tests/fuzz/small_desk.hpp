#pragma once
#include <optional>
#include <string>
#include <vector>

#include "query/random_tiles.hpp"
#include "tessera/desk/asked_calls.hpp"
#include "tessera/desk/front.hpp"
#include "tessera/desk/live_replays.hpp"
#include "tessera/desk/map_calls.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::fuzz {

/// A service of few trips on one rank, without its loops and its clock: what WebDesk does, when it is told to.
class SmallDesk {
  public:
    SmallDesk();
    desk::Front& front() { return front_; }
    /// Local. Deals with all that has come in; true where there was anything.
    bool work();

  private:
    void sort(web::Call&& call);
    void answer_requests();

    geo::LoadedTiles loaded_;
    query::TripIndex index_;
    std::vector<std::size_t> cuts_;
    request::RankReach reach_;
    std::vector<std::string> files_;
    request::Limits limits_{50, 20};
    desk::Inbox inbox_;
    desk::MetricsBoard board_{{}};
    desk::Front front_{inbox_, board_};
    desk::AskedCalls asked_;
    desk::RequestBatch batch_;
    desk::MapCalls maps_;
};

}  // namespace tessera::fuzz
