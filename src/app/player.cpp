#include "tessera/app/player.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tessera/core/error.hpp"
#include "tessera/report/ride.hpp"
#include "tessera/report/window.hpp"

namespace tessera::app {
namespace {

/// Text is handed over in pieces of about this size where nobody waits for it.
constexpr std::size_t piece_bytes = 64 * 1024;

/// Trips that are due within this time of each other go together: so late they may be, and a fast pace does not wake
/// up for each second of trip time.
constexpr double trip_tick_seconds = 0.010;

}  // namespace

Player::Player(query::WindowGrid const& grid, Pace& pace, feed::StopSignal const& stop, PlayerOutputs outputs,
               ReplayWatch& watch)
    : grid_(grid), pace_(pace), stop_(stop), outputs_(std::move(outputs)), watch_(watch) {}

void Player::announce(std::vector<query::WindowCounts> counts) {
    first_ += counts_.size();
    counts_ = std::move(counts);
}

bool Player::play(std::span<core::Trip const> trips) {
    for (core::Trip const& trip : trips) {
        while (!stopped_ && trip.pickup_time >= grid_.to(so_far_.windows))
            close_window();
        if (stopped_) return false;
        wait_for(trip.pickup_time, trip_tick_seconds);
        if (trip.file.count >= outputs_.file_literals.size())
            throw core::DataError(
                fmt::format("a trip names file {}, but the store lists {} (the store is damaged); ingest again",
                            trip.file.count, outputs_.file_literals.size()));
        report::append_ride_json(trip_text_, trip, outputs_.file_literals[trip.file.count]);
        trip_text_ += '\n';
        if (trip_text_.size() >= piece_bytes) put_trips();
    }
    return true;
}

bool Player::close_windows() {
    while (!stopped_ && so_far_.windows < first_ + counts_.size())
        close_window();
    put_lines();
    watch_.show(grid_, so_far_);
    return !stopped_;
}

void Player::close_window() {
    core::WallTime const end = grid_.to(so_far_.windows);
    wait_for(end, 0);
    flush_trips();  // the line says that its trips are there
    query::WindowCounts const& counts = counts_[so_far_.windows - first_];
    std::chrono::milliseconds const behind(pace_.milliseconds_behind(end));
    report::append_window_json(line_text_, grid_.from(so_far_.windows), end, counts, behind);
    line_text_ += '\n';
    if (line_text_.size() >= piece_bytes) put_lines();
    so_far_.behind = behind;
    so_far_.trips += counts.trips;
    ++so_far_.windows;
    stopped_ = stop_.requested();
}

void Player::wait_for(core::WallTime time, double least_seconds) {
    if (pace_.is_due(time)) return;
    flush_trips();
    put_lines();
    double const until = std::max(pace_.due_after(time), pace_.seconds() + least_seconds);
    do
        watch_.show(grid_, so_far_);
    while (pace_.nap_until(until));
}

void Player::put_trips() {
    if (trip_text_.empty()) return;
    outputs_.trips->put(trip_text_);
    trip_text_.clear();
    unflushed_ = true;
}

void Player::flush_trips() {
    put_trips();
    if (std::exchange(unflushed_, false)) outputs_.trips->flush();
}

void Player::put_lines() {
    if (line_text_.empty()) return;
    watch_.clear_line();
    outputs_.lines->put(line_text_);
    outputs_.lines->flush();
    line_text_.clear();
}

void Player::finish() {
    put_lines();
    watch_.clear_line();
    if (outputs_.trips) outputs_.trips->finish();
    outputs_.lines->finish();
}

}  // namespace tessera::app
