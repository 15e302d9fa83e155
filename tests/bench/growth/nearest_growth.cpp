#include <fmt/format.h>
#include <omp.h>

#include <chrono>
#include <cstdlib>
#include <numeric>
#include <string>

#include "tessera/app/plan_ranks.hpp"
#include "tessera/comm/session.hpp"
#include "tessera/query/trip_index.hpp"
#include "tessera/store/open_store.hpp"

// How long a nearest question takes in process on one thread, whatever the store holds:
//   tessera_nearest_growth STORE [PASSES]
// One JSON line a kind of question and pass; the first pass over a kind warms, and is not told.
namespace {

using namespace tessera;
using Clock = std::chrono::steady_clock;

constexpr std::size_t questions_a_pass = 20'000;
constexpr std::int32_t metres = 100;

struct Kind {
    char const* name;
    query::End on;
    bool in_an_hour;
    bool as_batch = false;  ///< all questions at once, as `answer` asks those of a batch
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Near ends of trips, where asked in the hour of one of them.
std::vector<query::NearestQuestion> make_questions(core::TripTable const& trips, Kind const& kind) {
    auto questions = app::questions_near_trips(trips, questions_a_pass, metres);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        query::NearestQuestion& question = questions[i];
        std::size_t const row = i * 7'919 * 104'729 % trips.size();
        question.filter.on = kind.on;
        if (kind.on == query::End::dropoff)
            if (auto const end = query::end_of(trips, kind.on, row); query::is_known(end)) question.at = end;
        if (!kind.in_an_hour) continue;
        std::uint32_t const hour = trips.pickup_time[row].count / 3600 * 3600;
        question.filter.from = core::WallTime{hour};
        question.filter.to = core::WallTime{hour + 3600};
    }
    return questions;
}

/// How many neighbours were found.
std::size_t ask(query::TripIndex const& index, std::vector<query::NearestQuestion> const& questions, bool as_batch,
                query::Looked& looked) {
    std::size_t found = 0;
    if (!as_batch) {
        for (query::NearestQuestion const& question : questions)
            found += query::find_nearest(index, question, looked).size();
        return found;
    }
    std::vector<query::NearestQuestion const*> all;
    for (query::NearestQuestion const& question : questions)
        all.push_back(&question);
    query::find_nearest_of_each(index, all, [&](std::size_t, auto const& neighbours, query::Looked const& more) {
        found += neighbours.size();  // on one thread
        looked.rows += more.rows;
    });
    return found;
}

void measure(query::TripIndex const& index, Kind const& kind, int passes) {
    auto const& trips = index.loaded().trips;
    auto const questions = make_questions(trips, kind);
    for (int pass = 0; pass <= passes; ++pass) {
        query::Looked looked;
        auto const start = Clock::now();
        std::size_t const found = ask(index, questions, kind.as_batch, looked);
        double const seconds = seconds_since(start), count = static_cast<double>(questions.size());
        if (pass > 0)
            fmt::print("{{\"what\":\"nearest {}\",\"trips\":{},\"micros\":{:.4f},\"rows\":{:.1f},\"found\":{}}}\n",
                       kind.name, trips.size(), seconds / count * 1e6, static_cast<double>(looked.rows) / count, found);
    }
}

}  // namespace

int main(int argc, char** argv) {
    comm::Session session(argc, argv);
    comm::Communicator const world = session.world();
    if (argc < 2 || world.size() != 1) {
        fmt::print(stderr, "usage: tessera_nearest_growth STORE [PASSES], on one rank\n");
        return 2;
    }
    omp_set_num_threads(1);
    auto const start = Clock::now();
    auto const store = store::open_store(world, argv[1]);
    std::vector<std::size_t> all(store.tiles.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    auto const loaded = store::read_tiles(world, store, all, core::ColumnSet::all());
    double const load_seconds = seconds_since(start);
    query::TripIndex const index(loaded);
    fmt::print("{{\"what\":\"load\",\"trips\":{},\"seconds\":{:.4f}}}\n", loaded.trips.size(), load_seconds);
    fmt::print("{{\"what\":\"index\",\"trips\":{},\"seconds\":{:.4f}}}\n", loaded.trips.size(),
               seconds_since(start) - load_seconds);
    for (Kind const& kind :
         {Kind{"by pick-up", query::End::pickup, false},
          Kind{"by pick-up, 20,000 at once", query::End::pickup, false, true},
          Kind{"by pick-up, one hour", query::End::pickup, true}, Kind{"by drop-off", query::End::dropoff, false}})
        measure(index, kind, argc > 2 ? std::atoi(argv[2]) : 3);
    return 0;
}
