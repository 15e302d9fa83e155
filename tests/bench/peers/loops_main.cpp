#include <omp.h>

#include <algorithm>
#include <iostream>
#include <numeric>

#include "bare_loops.hpp"
#include "load_store.hpp"
#include "tessera/query/aggregate.hpp"
#include "tessera/query/heat.hpp"
#include "turns.hpp"

// tessera_loops STORE THREADS: our group-by and bare loops, in turns, over the same arrays.
namespace {

using namespace tessera;

struct Case {
    std::string name, keys;
    bench::Counters (*bare)(core::TripTable const&);
};
std::vector<Case> const cases{{"hour x weekday", "hour,weekday", bench::count_hours_of_week},
                              {"200 m grid", "pickup_tile:18", bench::count_grid},
                              {"classic", "passengers,year,distance_mile", bench::count_classic}};

query::AggregateQuestion question_of(Case const& one) {
    return {query::parse_keys(one.keys), query::parse_measures("trips"), {}};
}

/// Whether both count the same numbers, in whatever order. Our grid has other cells: of it only the sum is compared.
bool agree(query::Groups const& groups, bench::Counters counters, bool only_sum) {
    std::erase(counters, 0U);
    std::vector<std::uint32_t> ours;
    for (query::Group const& group : groups)
        ours.push_back(static_cast<std::uint32_t>(group.trips));
    if (only_sum)
        return std::accumulate(ours.begin(), ours.end(), 0ULL) ==
               std::accumulate(counters.begin(), counters.end(), 0ULL);
    std::ranges::sort(ours);
    std::ranges::sort(counters);
    return ours == counters;
}

void run(comm::Communicator const& world, std::string const& store, int threads) {
    auto const loaded = bench::load_store(world, store);
    omp_set_num_threads(threads);
    for (Case const& one : cases)
        bench::tell_agreement(
            one.name, "bare loop",
            agree(query::aggregate(loaded, question_of(one)), one.bare(loaded.trips), one.name == "200 m grid") ? 1
                                                                                                                : 0);
    std::size_t sum = 0;  // looked at, so that the work is not left out
    bench::take_turns([&] {
        for (Case const& one : cases) {
            auto const question = question_of(one);
            double const ours = bench::time_of([&] { sum += query::aggregate(loaded, question).size(); });
            bench::tell_time(one.name, "ours", threads, ours, loaded.trips.size());
            double const bare = bench::time_of([&] { sum += one.bare(loaded.trips)[0]; });
            bench::tell_time(one.name, "bare loop", threads, bare, loaded.trips.size());
        }
    });
    if (sum == 0) std::cerr << "nothing was counted\n";
}

}  // namespace

int main(int argc, char** argv) {
    return bench::run_program(argc, argv, 2, "tessera_loops STORE THREADS",
                              [&](comm::Communicator const& world) { run(world, argv[1], std::stoi(argv[2])); });
}
