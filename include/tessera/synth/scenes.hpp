#pragma once
#include <memory>
#include <vector>

#include "tessera/core/codes.hpp"
#include "tessera/geo/box.hpp"
#include "tessera/synth/random_stream.hpp"
#include "tessera/synth/time_span.hpp"

namespace tessera::synth {

/// A place and a time that somebody asks about.
struct Scene {
    geo::Point point;
    core::WallTime time;
};

/// The scenes of some trips: most are where and when many people ride, one in ten is not.
class Scenes {
  public:
    /// What all of them have in common.
    struct Frame {
        geo::Box region;                    ///< all places lie in it
        TimeSpan span;                      ///< all times lie in it; whole days
        std::vector<core::Source> sources;  ///< whose trips there are; at least one
        bool dropoffs = true;               ///< whether drop-offs are known of any trip
    };

    virtual ~Scenes() = default;
    Frame const& frame() const { return frame_; }
    /// Local. Draws a scene of a source's pick-ups, or of drop-offs.
    virtual Scene draw(RandomStream& random, core::Source source, bool on_dropoff) const = 0;

  protected:
    explicit Scenes(Frame frame) : frame_(std::move(frame)) {}
    static constexpr double cold_share = 0.1;

  private:
    Frame frame_;
};

/// Some trips that lie together: the tile of a store, for instance.
struct Anchor {
    geo::Box box;         ///< around their pick-ups
    std::uint64_t trips;  ///< at least 1
    TimeSpan times;       ///< of their pick-ups
};

/// Local. The scenes of the made-up trips that `generate trips` makes unless it is told otherwise: the same city, month
/// and rhythm. A cold place is near a spot that is drawn whatever its fame, or else anywhere in the region.
std::unique_ptr<Scenes const> made_up_scenes();

/// Local. Scenes that follow anchors: one is drawn by its trips, and the place is anywhere in its box, the time in its
/// times, in the hours that people ride. A cold place is in an anchor that is drawn whatever its trips, or else
/// anywhere in the region. The frame's span need not be whole days; it is widened to them.
/// Errors: core::DataError when there is no anchor or no source.
std::unique_ptr<Scenes const> anchored_scenes(Scenes::Frame frame, std::vector<Anchor> anchors);

}  // namespace tessera::synth
