#include <algorithm>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"
#include "tessera/synth/scenes.hpp"
#include "uniform_scene.hpp"

namespace tessera::synth {
namespace {

TimeSpan widen_to_days(TimeSpan span) {
    constexpr std::uint32_t day = core::seconds_per_day;
    return {core::WallTime{span.from.count / day * day}, core::WallTime{(span.to.count + day - 1) / day * day}};
}

Scenes::Frame check(Scenes::Frame frame, std::vector<Anchor> const& anchors) {
    if (anchors.empty() || frame.sources.empty())
        throw core::DataError("there are no trips (requests are made for where trips are) ingest some first");
    frame.span = widen_to_days(frame.span);
    return frame;
}

class AnchoredScenes : public Scenes {
  public:
    AnchoredScenes(Frame frame, std::vector<Anchor> anchors)
        : Scenes(check(std::move(frame), anchors)), anchors_(std::move(anchors)) {
        std::uint64_t sum = 0;
        for (Anchor const& anchor : anchors_)
            trips_up_to_.push_back(sum += anchor.trips);
    }

    Scene draw(RandomStream& random, core::Source source, bool) const override {
        double const dice = random.uniform();
        if (dice < cold_share / 2)
            return {uniform_point(random, frame().region), busy_time(random, source, frame().span)};
        Anchor const& anchor = dice < cold_share ? draw_any(random) : draw_by_trips(random);
        geo::Point const point = uniform_point(random, anchor.box);
        return {point, busy_time(random, source, anchor.times)};
    }

  private:
    Anchor const& draw_any(RandomStream& random) const {
        return anchors_[static_cast<std::size_t>(random.uniform() * static_cast<double>(anchors_.size()))];
    }

    Anchor const& draw_by_trips(RandomStream& random) const {
        auto const trip = static_cast<std::uint64_t>(random.uniform() * static_cast<double>(trips_up_to_.back()));
        auto const found = std::upper_bound(trips_up_to_.begin(), trips_up_to_.end() - 1, trip);
        return anchors_[static_cast<std::size_t>(found - trips_up_to_.begin())];
    }

    std::vector<Anchor> anchors_;
    std::vector<std::uint64_t> trips_up_to_;  ///< of the first anchor to this one
};

}  // namespace

std::unique_ptr<Scenes const> anchored_scenes(Scenes::Frame frame, std::vector<Anchor> anchors) {
    return std::make_unique<AnchoredScenes>(std::move(frame), std::move(anchors));
}

}  // namespace tessera::synth
