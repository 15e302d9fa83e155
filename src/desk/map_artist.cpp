#include "tessera/desk/map_artist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "tessera/desk/map_tag.hpp"
#include "tessera/report/png.hpp"

namespace tessera::desk {
namespace {

/// A view needs one, and a person who drags a time window through a day a few dozen.
constexpr std::size_t most_scales = 256;

std::shared_ptr<std::vector<std::byte> const> encode(report::Picture const& picture, report::ColorMap const& colors) {
    return std::make_shared<std::vector<std::byte> const>(report::encode_clear_png(picture, colors));
}

std::shared_ptr<std::vector<std::byte> const> encode_blank(std::uint32_t size, report::ColorMap const& colors) {
    return encode({size, size, std::vector<std::uint8_t>(std::size_t{size} * size)}, colors);
}

std::string name_of_scale(query::MapQuestion const& question) {
    return fmt::format("{} {}", query::grid_of(question.tile).level(), words_of(question.filter, question.measure));
}

}  // namespace

ScaleShelf::Scale ScaleShelf::find(std::string const& name) {
    auto const found = by_name_.find(name);
    if (found == by_name_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->second;
}

void ScaleShelf::put(std::string const& name, Scale scale) {
    if (find(name)) return;
    entries_.emplace_front(name, std::move(scale));
    by_name_[name] = entries_.begin();
    if (entries_.size() <= most_) return;
    by_name_.erase(entries_.back().first);
    entries_.pop_back();
}

MapArtist::MapArtist(geo::TileTable const& tiles, std::vector<std::size_t> const& cuts)
    : tiles_(tiles),
      ranks_(cuts.size() - 1),
      reach_(tiles, cuts),
      pickups_(tiles.pickup_box),
      dropoffs_(tiles.dropoff_box),
      colors_(report::make_ember()),
      blank_256_(encode_blank(256, colors_)),
      blank_512_(encode_blank(512, colors_)),
      shelf_(most_scales) {}

bool MapArtist::may_hold_trips(query::Filter const& filter) const {
    query::BoxTower const& tower = filter.on == query::End::pickup ? pickups_ : dropoffs_;
    return !filter.box->empty() &&
           tower.any_meeting(*filter.box, [&](std::size_t tile) { return query::may_match(filter, tiles_, tile); });
}

reduce::MapRound MapArtist::plan(std::span<query::MapQuestion const> questions) {
    reduce::MapRound round;
    plans_.clear();
    sampled_.clear();
    sampled_measures_.clear();
    in_use_.clear();
    for (query::MapQuestion const& question : questions) {
        Plan& plan = plans_.emplace_back(Plan{question, std::nullopt, {}});
        query::Filter const filter = query::inside(question.filter, query::box_of(question.tile));
        if (!may_hold_trips(filter)) continue;
        plan.picture = round.pictures.size();
        round.pictures.push_back(question);
        auto const touched = reach_.of(query::RangeQuestion{filter, 0, true});
        round.touched.insert(round.touched.end(), touched.begin(), touched.end());
        plan.scale = name_of_scale(question);
        if (in_use_.contains(plan.scale)) continue;
        ScaleShelf::Scale& scale = in_use_[plan.scale] = shelf_.find(plan.scale);
        if (scale) continue;
        sampled_.push_back(plan.scale);
        sampled_measures_.push_back(question.measure);
        round.samples.push_back(query::sample_for(question, tiles_));
    }
    return round;
}

std::vector<Drawing> MapArtist::paint(reduce::MapCounts const& counts) {
    std::string error = counts.error;
    if (error.empty()) try {
            keep_scales(counts);
        } catch (std::exception const& caught) {
            error = caught.what();
        }
    std::vector<Drawing> drawings(plans_.size());
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
        if (!plans_[i].picture)
            drawings[i] = blank(plans_[i].question.tile.size);
        else if (!error.empty())
            drawings[i].error = error;
        else
            left.push_back(i);
    }
#pragma omp parallel for schedule(dynamic) if (left.size() > 1)
    for (std::size_t i = 0; i < left.size(); ++i) {
        Plan const& plan = plans_[left[i]];
        drawings[left[i]] = draw(plan, *in_use_.find(plan.scale)->second, counts.pictures[*plan.picture]);
    }
    return drawings;
}

/// Makes the scales that were sampled for.
void MapArtist::keep_scales(reduce::MapCounts const& counts) {
    for (std::size_t i = 0; i < sampled_.size(); ++i) {
        auto const scale = std::make_shared<report::MapScale const>(counts.samples[i], sampled_measures_[i]);
        in_use_[sampled_[i]] = scale;
        shelf_.put(sampled_[i], scale);
    }
}

Drawing MapArtist::blank(std::uint32_t size) const {
    return {size == 256 ? blank_256_ : blank_512_, {}, true};
}

Drawing MapArtist::draw(Plan const& plan, report::MapScale const& scale,
                        query::MapPixels const& pixels) const noexcept {
    Drawing drawing;
    try {
        if (pixels.empty()) return {blank(plan.question.tile.size).png, {}, false};
        drawing.png = encode(report::paint_map(pixels, plan.question, scale), colors_);
    } catch (std::exception const& error) {
        drawing.error = error.what();
    }
    return drawing;
}

}  // namespace tessera::desk
