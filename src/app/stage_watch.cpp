#include "tessera/app/stage_watch.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <cstdio>
#include <ostream>

#include "tessera/app/output_options.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/placement.hpp"
#include "version.hpp"

namespace tessera::app {
namespace {

/// A number that each rank has.
struct NumbersOfRanks {
    std::uint64_t sum = 0, max = 0, min = 0;
};

/// Collective. Shape: as many numbers on every rank.
std::vector<NumbersOfRanks> spread(comm::Communicator const& comm, std::vector<std::uint64_t> const& mine) {
    auto sums = mine, most = mine, least = mine;
    comm::allreduce(comm, comm::Reduction::sum, std::span(sums));
    comm::allreduce(comm, comm::Reduction::max, std::span(most));
    comm::allreduce(comm, comm::Reduction::min, std::span(least));
    std::vector<NumbersOfRanks> all;
    for (std::size_t i = 0; i < mine.size(); ++i)
        all.push_back({sums[i], most[i], least[i]});
    return all;
}

report::Spread seconds_of(NumbersOfRanks const& nanoseconds, int ranks) {
    return {static_cast<double>(nanoseconds.max) * 1e-9, static_cast<double>(nanoseconds.sum) * 1e-9 / ranks,
            static_cast<double>(nanoseconds.min) * 1e-9};
}

}  // namespace

void StageWatch::enter(std::string_view stage) {
    if (!wanted_) return;
    leave();
    auto const same = [&](Stage const& each) { return each.name == stage; };
    auto const found = std::find_if(stages_.begin(), stages_.end(), same);
    stage_ = static_cast<std::size_t>(found - stages_.begin());
    if (found == stages_.end()) stages_.push_back({std::string(stage), {}, {}, 0, 0, {}});
    in_stage_ = true;
    since_ = Clock::now();
    sent_before_ = traffic_;
    batches_before_ = comm::total_of(traffic_);
}

void StageWatch::leave() {
    if (!in_stage_) return;
    stages_[stage_].duration += Clock::now() - since_;
    comm::add_to(stages_[stage_].sent, comm::difference(traffic_, sent_before_));
    in_stage_ = false;
}

void StageWatch::note_part(std::string_view part, double seconds) {
    if (wanted_) stages_[stage_].parts.emplace_back(part, seconds);
}

void StageWatch::end_batch(std::uint64_t questions) {
    if (!wanted_) return;
    comm::Sent const now = comm::total_of(traffic_);
    ++stages_[stage_].batches;
    stages_[stage_].questions += questions;
    stages_[stage_].in_batches += now - batches_before_;
    batches_before_ = now;
}

std::vector<report::StageTiming> StageWatch::sum_up(comm::Communicator const& comm) {
    leave();
    std::vector<Stage> stages = stages_;
    Stage all{"all", {}, {}, 0, 0, {}};
    for (Stage const& stage : stages_) {
        all.duration += stage.duration;
        comm::add_to(all.sent, stage.sent);
    }
    stages.push_back(all);

    // One list of numbers, of which all ranks' sum, most and least are known then.
    std::vector<std::uint64_t> mine;
    auto const add = [&](std::uint64_t nanoseconds, comm::Sent const& sent) {
        mine.insert(mine.end(), {nanoseconds, sent.calls, sent.messages, sent.bytes});
    };
    for (Stage const& stage : stages) {
        add(static_cast<std::uint64_t>(std::chrono::nanoseconds(stage.duration).count()), comm::total_of(stage.sent));
        add(0, stage.in_batches);
        for (auto const& [part, seconds] : stage.parts)
            add(static_cast<std::uint64_t>(seconds * 1e9), {});
        for (std::size_t kind = 0; kind < stage.sent.by_kind.size(); ++kind)
            add(stage.sent.nanoseconds[kind], stage.sent.by_kind[kind]);
    }
    auto const global = spread(comm, mine);

    std::size_t next = 0;
    auto const take = [&](std::string name) {
        NumbersOfRanks const nanoseconds = global[next], calls = global[next + 1], messages = global[next + 2],
                             bytes = global[next + 3];
        next += 4;
        return report::SentRow{std::move(name),
                               calls.max,
                               messages.sum,
                               bytes.sum,
                               messages.max,
                               bytes.max,
                               seconds_of(nanoseconds, comm.size())};
    };
    std::vector<report::StageTiming> timings;
    for (Stage const& stage : stages) {
        report::StageTiming& timing = timings.emplace_back();
        timing.name = stage.name;
        timing.all = take("");
        timing.seconds = timing.all.seconds;
        report::SentRow const in_batches = take("");
        timing.batches = stage.batches;
        timing.questions = stage.questions;
        timing.batch_messages = in_batches.messages;
        timing.batch_bytes = in_batches.bytes;
        for (auto const& [part, seconds] : stage.parts)
            timing.parts.push_back({part, take("").seconds});
        for (char const* const name : comm::collective_names)
            if (auto row = take(name); row.calls > 0) timing.by_kind.push_back(std::move(row));
    }
    return timings;
}

void StageWatch::tell(comm::Communicator const& comm, std::string_view command, Launch const& launch) {
    if (!wanted_) return;
    report::TimedRun run;
    run.program = program_name_and_version;
    run.command = command;
    run.ranks = comm.size();
    run.started_at = launch.started_at;
    run.trips = trips_;
    run.input_bytes = input_bytes_;
    run.stages = sum_up(comm);
    auto const start_up = spread(comm, {static_cast<std::uint64_t>(launch.start_up_s * 1e9)});
    run.start_up = seconds_of(start_up.front(), comm.size());
    run.hosts = comm::count_nodes(comm);
    run.threads = comm::allreduce(comm, comm::Reduction::max, omp_get_max_threads());
    if (option_.file)
        write_on_root(comm, *option_.file, [&](std::ostream& out) { out << report::timings_json(run); });
    else if (comm.is_root())
        fmt::print(stderr, "{}", report::timings_table(run.stages));
}

}  // namespace tessera::app
