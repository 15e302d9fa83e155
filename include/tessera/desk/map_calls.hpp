#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "tessera/desk/map_artist.hpp"
#include "tessera/desk/metrics_board.hpp"
#include "tessera/request/read_request.hpp"
#include "tessera/web/call.hpp"

namespace tessera::desk {

/// Calls for map tiles, until they are drawn.
class MapCalls {
  public:
    /// Local. Two stores have different digests. Tiles and cuts as of MapArtist. The board is kept as a reference.
    MapCalls(std::uint64_t store_digest, geo::TileTable const& tiles, std::vector<std::size_t> const& cuts,
             MetricsBoard& board)
        : store_digest_(store_digest), board_(board), artist_(tiles, cuts) {}

    /// Local. Takes a call in, or replies at once: to one that is wrong, or whose client has that very tile.
    void add(web::Call&& call);
    bool is_empty() const { return waiting_.empty(); }
    /// Local. Begins the next tiles: what all ranks must count for them.
    reduce::MapRound begin();
    /// Local, OpenMP. Draws the tiles that were begun, and replies.
    void finish(reduce::MapCounts const& counts);

  private:
    struct Waiting {
        web::Call call;
        query::MapQuestion question;
        std::string etag;
    };
    using Clock = std::chrono::steady_clock;
    query::MapQuestion read(web::Target const& target);
    void count(std::vector<Drawing> const& drawings, std::uint64_t rows);

    std::uint64_t store_digest_;
    MetricsBoard& board_;
    MapArtist artist_;
    request::RequestReader reader_{request::Limits{}};
    std::deque<Waiting> waiting_;
    std::size_t begun_ = 0;  ///< the first ones of those that wait
    Clock::time_point begun_at_{};
    std::size_t scales_ = 0;  ///< that are made for them
};

}  // namespace tessera::desk
