#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "tessera/query/box_tower.hpp"
#include "tessera/reduce/maps.hpp"
#include "tessera/report/color_map.hpp"
#include "tessera/report/map_picture.hpp"
#include "tessera/request/rank_reach.hpp"

// How `serve` draws map tiles:
//   root         reduce::MapRound round = artist.plan(questions);      (questions are in the pyramid:
//   require_in_pyramid)
//                reduce::put_map_round(out, round);                    in the message that is broadcast
//   other ranks  reduce::MapRound round = reduce::get_map_round(in);
//   all          auto counts = reduce::count_maps(comm, index, round); nothing to do where round.empty(), on all ranks
//   root         auto drawings = artist.paint(counts);                 one for each question, in their order
// ETags are etag_of's (map_tag.hpp), and need none of this.
namespace tessera::desk {

/// Scales that were made, the ones used last.
class ScaleShelf {
  public:
    using Scale = std::shared_ptr<report::MapScale const>;

    explicit ScaleShelf(std::size_t most) : most_(most) {}
    /// Local. Nothing where there is none of that name.
    Scale find(std::string const& name);
    void put(std::string const& name, Scale scale);

  private:
    using Entry = std::pair<std::string, Scale>;
    std::size_t most_;
    std::list<Entry> entries_;  ///< the one used last first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_name_;
};

/// A map tile, drawn.
struct Drawing {
    std::shared_ptr<std::vector<std::byte> const> png;  ///< nothing where it failed
    std::string error;                                  ///< why
    bool is_blank = false;                              ///< the tile table alone tells that nothing is there
};

/// The root's side of map tiles: says what all ranks must count for some of them, and paints the sums.
class MapArtist {
  public:
    /// Local. Rank r owns the tiles [cuts[r], cuts[r + 1]). Keeps a reference to the table, of the whole store.
    MapArtist(geo::TileTable const& tiles, std::vector<std::size_t> const& cuts);

    /// Local. What must be counted to draw these: nothing for tiles without trips, and no sample for a scale that is
    /// known. Shape: tiles in the pyramid.
    reduce::MapRound plan(std::span<query::MapQuestion const> questions);
    /// Local, OpenMP. The drawings of the questions that were planned last, in their order. Never throws for one that
    /// fails: it says so.
    std::vector<Drawing> paint(reduce::MapCounts const& counts);

  private:
    /// How a question is dealt with.
    struct Plan {
        query::MapQuestion question;
        std::optional<std::size_t> picture;  ///< of the round; nothing: blank
        std::string scale;                   ///< its name
    };
    bool may_hold_trips(query::Filter const& filter) const;
    Drawing blank(std::uint32_t size) const;
    void keep_scales(reduce::MapCounts const& counts);
    Drawing draw(Plan const& plan, report::MapScale const& scale, query::MapPixels const& pixels) const noexcept;

    geo::TileTable const& tiles_;
    std::size_t ranks_;
    request::RankReach reach_;
    query::BoxTower pickups_;
    query::BoxTower dropoffs_;
    report::ColorMap colors_;
    std::shared_ptr<std::vector<std::byte> const> blank_256_;
    std::shared_ptr<std::vector<std::byte> const> blank_512_;
    ScaleShelf shelf_;
    std::vector<Plan> plans_;
    std::vector<std::string> sampled_;  ///< the scales that the round's samples are for
    std::unordered_map<std::string, ScaleShelf::Scale> in_use_;
    std::vector<query::Measure> sampled_measures_;
};

}  // namespace tessera::desk
