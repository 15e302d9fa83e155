#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <chrono>
#include <iostream>

#include "agreement.hpp"
#include "load_store.hpp"
#include "race.hpp"
#include "tessera/comm/session.hpp"

namespace {

using namespace tessera;
namespace po = boost::program_options;
using Clock = std::chrono::steady_clock;

struct Options {
    std::string store, task, order, on, name;
    std::vector<std::string> only;
    std::vector<int> threads;
    std::size_t questions = 0;
    int rounds = 0;
};

template <class T>
T pick(std::string const& word, std::vector<std::pair<std::string, T>> const& choices) {
    for (auto const& [name, value] : choices)
        if (name == word) return value;
    throw std::runtime_error("what is '" + word + "'? See --help");
}

bool read_options(int argc, char** argv, Options& options) {
    po::options_description list("tessera_race --store STORE: we and the peers answer the same questions in turns");
    auto const text = [](std::string& to, char const* preset) { return po::value(&to)->default_value(preset); };
    list.add_options()("help", "this text")                                                               //
        ("store", po::value(&options.store)->required(), "whose trips")                                   //
        ("task", text(options.task, "nearest"), "nearest, nearest-hour, count, rows")                     //
        ("order", text(options.order, "unsorted"), "of the questions: unsorted, curve (by hour first)")   //
        ("on", text(options.on, "pickup"), "pickup, dropoff")                                             //
        ("name", text(options.name, ""), "what the names of the cases begin with")                        //
        ("only", po::value(&options.only)->multitoken(), "of ours and the peers only these")              //
        ("threads", po::value(&options.threads)->multitoken()->default_value({1, 2}, "1 2"), "in turns")  //
        ("questions", po::value(&options.questions)->default_value(100'000), "how many")                  //
        ("rounds", po::value(&options.rounds)->default_value(5), "turns of each");
    po::variables_map values;
    po::store(po::parse_command_line(argc, argv, list), values);
    if (values.count("help") != 0) {
        std::cout << list;
        return false;
    }
    po::notify(values);
    return true;
}

class Race {
  public:
    Race(Options const& options, geo::LoadedTiles const& loaded)
        : options_(options),
          loaded_(loaded),
          trips_(bench::lay_out(loaded, pick<query::End>(options.on, {{"pickup", query::End::pickup},
                                                                      {"dropoff", query::End::dropoff}}))),
          questions_(bench::make_questions(loaded, trips_, task(), order(), options.questions)) {}

    void run() {
        build();
        for (auto const& runner : runners_) {
            if (&runner == &runners_.front()) continue;
            tell("agreement", runner.name,
                 bench::share_that_agrees(loaded_, questions_, *runners_.front().contestant, *runner.contestant));
        }
        for (int const threads : options_.threads)
            bench::race(name_, runners_, questions_, threads, options_.rounds);
    }

  private:
    bench::Task task() const {
        using bench::Task;
        return pick<Task>(options_.task, {{"nearest", Task::nearest},
                                          {"nearest-hour", Task::nearest_in_an_hour},
                                          {"count", Task::count},
                                          {"rows", Task::rows}});
    }
    bench::Order order() const {
        using bench::Order;
        return pick<Order>(options_.order, {{"unsorted", Order::unsorted}, {"curve", Order::along_the_curve}});
    }
    bool is_wanted(std::string const& name) const {
        return options_.only.empty() || std::ranges::count(options_.only, name) > 0;
    }
    void tell(char const* what, std::string const& who, double value) const {
        fmt::print(R"({{"case":"{}","who":"{}","{}":{:.6f},"trips":{}}})"
                   "\n",
                   name_, who, what, value, trips_.size());
    }
    void build() {
        auto const enter = [&](std::string const& name, auto const& make) {
            auto const start = Clock::now();
            runners_.push_back({name, make()});
            tell("build_seconds", name, std::chrono::duration<double>(Clock::now() - start).count());
        };
        enter("ours", [&] {
            index_ = std::make_unique<query::TripIndex>(loaded_);
            return bench::enter_ours(*index_);
        });
        for (bench::Entry const& peer : bench::list_peers())
            if (is_wanted(peer.name) && std::ranges::count(peer.tasks, questions_.task) > 0)
                enter(peer.name, [&] { return peer.build(trips_); });
    }

    Options const& options_;
    geo::LoadedTiles const& loaded_;
    bench::PlaneTrips trips_;
    bench::Questions questions_;
    std::string name_ =
        (options_.name.empty() ? "" : options_.name + " ") + options_.task + " " + options_.on + " " + options_.order;
    std::unique_ptr<query::TripIndex> index_;
    std::vector<bench::Runner> runners_;
};

}  // namespace

int main(int argc, char** argv) {
    comm::Session session(argc, argv);
    try {
        Options options;
        if (!read_options(argc, argv, options)) return 0;
        auto const loaded = bench::load_store(session.world(), options.store);
        Race(options, loaded).run();
    } catch (std::exception const& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
