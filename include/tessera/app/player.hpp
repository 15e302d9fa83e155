#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tessera/app/pace.hpp"
#include "tessera/app/replay_watch.hpp"
#include "tessera/core/trip.hpp"
#include "tessera/feed/sink.hpp"
#include "tessera/query/window_counts.hpp"

namespace tessera::app {

/// Where a replay goes.
struct PlayerOutputs {
    feed::Sink* lines = nullptr;             ///< a line for each window
    feed::Sink* trips = nullptr;             ///< the trips themselves; nullptr: nowhere
    std::vector<std::string> file_literals;  ///< names by core::FileId, as JSON strings; where there are trips
};

/// Puts out trips and windows when they are due; only the root has one. Windows are announced first and closed when
/// their time has come; their trips, in order, come between. Once a stop is asked for, the window under way is finished
/// at once, and is the last.
class Player {
  public:
    /// Local. All of them must outlive it.
    Player(query::WindowGrid const& grid, Pace& pace, feed::StopSignal const& stop, PlayerOutputs outputs,
           ReplayWatch& watch);

    /// Local. The counts of the windows that come next.
    void announce(std::vector<query::WindowCounts> counts);
    /// Local. The next trips, in order, all in announced windows; closes the windows that end before them. False once
    /// stopped.
    bool play(std::span<core::Trip const> trips);
    /// Local. No more trips for what was announced: closes those windows. False once stopped.
    bool close_windows();
    /// Local. To be called once, at the end: all that was put out has been taken.
    void finish();

    /// How far it has come: windows and trips of windows that are closed.
    report::ReplayMetrics const& so_far() const { return so_far_; }

  private:
    void close_window();
    void wait_for(core::WallTime time, double least_seconds);
    void put_trips();
    void flush_trips();
    void put_lines();

    query::WindowGrid const& grid_;
    Pace& pace_;
    feed::StopSignal const& stop_;
    PlayerOutputs outputs_;
    ReplayWatch& watch_;
    std::vector<query::WindowCounts> counts_;  ///< of the announced windows
    std::uint64_t first_ = 0;                  ///< of the announced windows
    report::ReplayMetrics so_far_;             ///< so_far_.windows is the window under way
    bool stopped_ = false;
    std::string line_text_;
    std::string trip_text_;
    bool unflushed_ = false;  ///< trips were put since the last flush
};

}  // namespace tessera::app
