#include "tessera/app/stage_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "tessera/comm/collectives.hpp"

namespace tessera::app {

void add_timings_option(po::options_description& options) {
    options.add_options()("timings", po::bool_switch(),
                          "tell on standard error, by stage, the seconds of the slowest rank and what the ranks sent "
                          "each other, by collective: calls, messages and bytes. A message is a part that is not "
                          "empty, for one other rank; where MPI chooses the way (all but exchange, the gathers and "
                          "broadcast_patiently), as if values went straight, allreduce by way of rank 0");
}

bool read_timings_option(po::variables_map const& values) {
    return values["timings"].as<bool>();
}

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

    std::vector<std::uint64_t> sums, maxima;
    auto const add = [&](comm::Sent const& sent) {
        sums.insert(sums.end(), {sent.messages, sent.bytes});
        maxima.insert(maxima.end(), {sent.calls, sent.messages, sent.bytes});
    };
    for (Stage const& stage : stages) {
        maxima.push_back(static_cast<std::uint64_t>(std::chrono::nanoseconds(stage.duration).count()));
        add(comm::total_of(stage.sent));
        add(stage.in_batches);
        for (comm::Sent const& sent : stage.sent.by_kind)
            add(sent);
    }
    comm::allreduce(comm, comm::Reduction::sum, std::span(sums));
    comm::allreduce(comm, comm::Reduction::max, std::span(maxima));

    auto sum = sums.begin(), most = maxima.begin();
    auto const take = [&](std::string name) {
        report::SentRow row{std::move(name), most[0], sum[0], sum[1], most[1], most[2]};
        sum += 2, most += 3;
        return row;
    };
    std::vector<report::StageTiming> timings;
    for (Stage const& stage : stages) {
        report::StageTiming& timing = timings.emplace_back();
        timing.name = stage.name;
        timing.seconds = static_cast<double>(*most++) * 1e-9;
        timing.all = take("");
        report::SentRow const in_batches = take("");
        timing.batches = stage.batches;
        timing.questions = stage.questions;
        timing.batch_messages = in_batches.messages;
        timing.batch_bytes = in_batches.bytes;
        for (char const* const name : comm::collective_names)
            if (auto row = take(name); row.calls > 0) timing.by_kind.push_back(std::move(row));
    }
    return timings;
}

void StageWatch::tell(comm::Communicator const& comm) {
    if (!wanted_) return;
    auto const timings = sum_up(comm);
    if (comm.is_root()) fmt::print(stderr, "{}", report::timings_table(timings));
}

}  // namespace tessera::app
