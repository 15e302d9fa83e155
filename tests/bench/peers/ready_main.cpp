#include <iostream>

#include "contestant.hpp"
#include "load_store.hpp"
#include "near_questions.hpp"
#include "turns.hpp"

// tessera_ready STORE ROUNDS: what it takes until questions can be asked. We read the store (which is in the page
// cache), make the index and answer a first question of each kind; the peers build their trees of points that are laid
// out along the curve already.
namespace {

using namespace tessera;

void tell(char const* name, std::string const& who, double seconds, std::size_t trips) {
    bench::tell_time(name, who, 2, seconds, trips);
}

void time_ours(comm::Communicator const& world, std::string const& path) {
    geo::LoadedTiles loaded;
    double const read = bench::time_of([&] { loaded = bench::load_store(world, path); });
    std::unique_ptr<query::TripIndex> index;
    double const made = bench::time_of([&] { index = std::make_unique<query::TripIndex>(loaded); });
    query::Looked looked;
    std::size_t found = 0;
    auto const ask = [&](query::End on, bool with_window) {
        auto const question = bench::make_near_questions(loaded, on, with_window, 1).front();
        return bench::time_of([&] { found += query::find_nearest(*index, question, looked).size(); });
    };
    double const first = ask(query::End::pickup, false) + ask(query::End::pickup, true);
    double const first_dropoff = ask(query::End::dropoff, false);
    std::size_t const n = loaded.trips.size();
    tell("read all columns", "ours", read, n);
    tell("index ready", "ours", made + first, n);
    tell("index ready, drop-offs too", "ours", made + first + first_dropoff, n);
    if (found == 0) std::cerr << "nothing was found\n";
}

void run(comm::Communicator const& world, std::string const& path, int rounds) {
    auto const loaded = bench::load_store(world, path);
    auto const pickups = bench::lay_out(loaded, query::End::pickup);
    for (int round = 0; round < rounds; ++round) {
        time_ours(world, path);
        for (bench::Entry const& peer : bench::list_peers())
            tell("index ready", peer.name, bench::time_of([&] { peer.build(pickups); }), pickups.size());
    }
}

}  // namespace

int main(int argc, char** argv) {
    return bench::run_program(argc, argv, 2, "tessera_ready STORE ROUNDS",
                              [&](comm::Communicator const& world) { run(world, argv[1], std::stoi(argv[2])); });
}
