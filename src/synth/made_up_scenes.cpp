#include "tessera/synth/city.hpp"
#include "tessera/synth/layout.hpp"
#include "tessera/synth/rhythm.hpp"
#include "tessera/synth/scenes.hpp"
#include "uniform_scene.hpp"

namespace tessera::synth {
namespace {

TimeSpan default_month() {
    Layout const& layout = find_layout(core::Source::yellow, default_layout_name);
    return whole_month(layout.year, layout.month);
}

class MadeUpScenes : public Scenes {
  public:
    explicit MadeUpScenes(TimeSpan month)
        : Scenes({city_region, month, {core::all_sources.begin(), core::all_sources.end()}, true}),
          taxi_rhythm_(core::Source::yellow, month),
          uber_rhythm_(core::Source::uber, month) {}

    Scene draw(RandomStream& random, core::Source source, bool on_dropoff) const override {
        Rhythm const& rhythm = source == core::Source::uber ? uber_rhythm_ : taxi_rhythm_;
        core::WallTime const time = rhythm.time_at(random.uniform());
        double const dice = random.uniform();
        if (dice < cold_share / 2) return {uniform_point(random, city_region), time};
        if (dice < cold_share) return {City::draw_near_any_spot(random).point, time};
        return {city_.draw(random, on_dropoff ? Purpose::dropoff : pickup_purpose(source)).point, time};
    }

  private:
    City city_;
    Rhythm taxi_rhythm_;
    Rhythm uber_rhythm_;
};

}  // namespace

std::unique_ptr<Scenes const> made_up_scenes() {
    return std::make_unique<MadeUpScenes>(default_month());
}

}  // namespace tessera::synth
