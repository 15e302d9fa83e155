#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "tessera/app/progress.hpp"
#include "tessera/comm/communicator.hpp"
#include "tessera/query/map_pyramid.hpp"
#include "tessera/report/map_picture.hpp"
#include "tessera/store/open_store.hpp"

namespace tessera::app {

/// The static pyramid of a store: which tiles, and of what.
struct PyramidPlan {
    std::uint32_t least_zoom = 0;
    std::uint32_t most_zoom = 0;
    query::MapQuestion question;  ///< its tile tells the size alone
    std::uint64_t most_tiles = 0;

    query::MapQuestion at(std::uint32_t zoom) const {
        query::MapQuestion of_zoom = question;
        of_zoom.tile.zoom = zoom;
        return of_zoom;
    }
    unsigned tile_bits() const;  ///< a tile is 2^tile_bits pixels wide
};

/// The lit pixels of a zoom, shared out over ranks by whole map tiles.
class PyramidLevel {
  public:
    /// Collective. Of the last zoom. Trips are read once, by the ranks that own their tiles of the store; then each map
    /// tile is given to one rank, so that all ranks have about as many trips.
    PyramidLevel(comm::Communicator const& comm, store::OpenStore const& store, PyramidPlan const& plan);
    /// Collective. Becomes the zoom above.
    void go_up(comm::Communicator const& comm);

    std::uint32_t zoom() const { return zoom_; }
    /// This rank's, in order of their Morton keys.
    std::vector<query::TalliedPixel> const& pixels() const { return pixels_; }
    /// Collective. The colours of this zoom, the same as `serve` gives.
    report::MapScale scale(comm::Communicator const& comm, store::OpenStore const& store) const;
    /// Collective. How many tiles each zoom down to this one has, the first zoom first.
    std::vector<std::uint64_t> count_tiles(comm::Communicator const& comm) const;

  private:
    std::vector<std::uint64_t> first_keys() const;

    PyramidPlan const& plan_;
    std::uint32_t zoom_;
    std::vector<std::uint64_t> first_tiles_;  ///< by rank, the first map tile of the last zoom: Morton keys
    std::vector<query::TalliedPixel> pixels_;
};

/// What was written of a zoom.
struct ZoomSize {
    std::uint64_t tiles = 0;
    std::uint64_t bytes = 0;
};
/// Local, OpenMP. Writes this rank's tiles of a zoom to folder/ZOOM/X/Y.png.
ZoomSize write_level(PyramidPlan const& plan, PyramidLevel const& level, report::MapScale const& scale,
                     std::filesystem::path const& folder, Progress& progress);

}  // namespace tessera::app
