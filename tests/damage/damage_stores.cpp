// Damages copies of a store by chance, thousands of times, and asks each what one asks a store. Each must give the same
// answers or a clear error: no crash, no hang, and no other answer. Other processes do it, and where one of them ends
// or is silent, another one goes on behind the case that it was at.
#include <fmt/format.h>
#include <poll.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <list>
#include <sstream>
#include <stdexcept>

#include "cases.hpp"
#include "damage.hpp"
#include "tally.hpp"
#include "tessera/comm/session.hpp"
#include "worker.hpp"

namespace tessera::damage {
namespace {

constexpr std::uint64_t cases_a_worker = 500;
constexpr std::size_t workers_at_once = 2;

struct Options {
    Plan plan;
    std::string trick = "none";
    std::uint64_t cases = 1000;
    std::uint64_t first = 0;
    /// What takes milliseconds and is not done by then never will be, on the busiest machine.
    std::chrono::seconds patience{60};
    std::string folder;    ///< of a worker
    std::string write_to;  ///< write the store, and damaged ones, to this folder, and run no case
};

Options read_options(int argc, char** argv) {
    std::map<std::string, Trick> const tricks{{"none", Trick::none},       {"crash", Trick::crash},
                                              {"hang", Trick::hang},       {"other-answer", Trick::other_answer},
                                              {"unclear", Trick::unclear}, {"unnoticed", Trick::unnoticed}};
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string const word = argv[i], value = argv[i + 1];
        if (word == "--store")
            options.plan.store = value;
        else if (word == "--seed")
            options.plan.seed = std::stoull(value);
        else if (word == "--cases")
            options.cases = std::stoull(value);
        else if (word == "--first")
            options.first = std::stoull(value);
        else if (word == "--trick")
            options.plan.trick = tricks.at(options.trick = value);
        else if (word == "--folder")
            options.folder = value;
        else if (word == "--write")
            options.write_to = value;
        else
            throw std::runtime_error(word +
                                     " is no option; there are --store plain|deflate, --seed, --cases, --first, "
                                     "--trick and --write FOLDER");
    }
    if (options.plan.trick == Trick::hang) options.patience = std::chrono::seconds(10);
    return options;
}

/// "begin 7 KIND (WHERE)" or "end 7 KIND: OUTCOME".
void note(Worker& worker, std::string const& line, Tally& tally) {
    std::string const rest = line.substr(line.find(' ', line.find(' ') + 1) + 1);
    if (line.starts_with("begin ")) {
        worker.begun = rest;
        return;
    }
    std::size_t const colon = rest.find(": ");
    std::string const outcome = rest.substr(colon + 2);
    if (outcome.starts_with("FAULT "))
        tally.add_fault(worker.next, worker.begun, outcome.substr(6));
    else
        tally.add(rest.substr(0, colon), outcome);
    ++worker.next;
    worker.begun.clear();
}

Tally watch_workers(Options const& options, std::string const& folder) {
    Tally tally;
    std::list<Worker> workers;
    auto const start = [&](std::uint64_t first, std::uint64_t last) {
        std::string const own = folder + "/from" + std::to_string(first);
        std::filesystem::create_directories(own);
        std::vector<std::string> const words{
            "damage_stores", "--store",     options.plan.store, "--seed", std::to_string(options.plan.seed),
            "--trick",       options.trick, "--folder",         own};
        workers.emplace_back(words, first, last);
    };
    auto const listen = [&](Worker& worker, bool has_spoken) {
        std::vector<std::string> lines;
        bool const at_end = has_spoken && !worker.take(lines);
        for (std::string const& line : lines)
            note(worker, line, tally);
        bool const silent = !at_end && worker.is_silent_for(options.patience);
        if (!at_end && !silent) return false;
        std::string const how = worker.end(silent);
        if (worker.next < worker.last) {
            if (worker.begun.empty()) throw std::runtime_error("a worker ended before its cases: " + how);
            tally.add_fault(worker.next, worker.begun, silent ? "hangs" : "crashed: " + how);
            if (worker.next + 1 < worker.last) start(worker.next + 1, worker.last);
        }
        return true;
    };
    std::uint64_t const end = options.first + options.cases;
    for (std::uint64_t next = options.first; next < end || !workers.empty();) {
        for (; workers.size() < workers_at_once && next < end; next += cases_a_worker)
            start(next, std::min(next + cases_a_worker, end));
        std::vector<pollfd> waiting;
        for (Worker const& worker : workers)
            waiting.push_back({worker.descriptor(), POLLIN, 0});
        ::poll(waiting.data(), waiting.size(), 500);
        auto worker = workers.begin();
        for (pollfd const& one : waiting)
            worker = listen(*worker, one.revents != 0) ? workers.erase(worker) : std::next(worker);
    }
    return tally;
}

/// A folder that goes away with this.
class OwnFolder {
  public:
    OwnFolder() {
        std::string path = (std::filesystem::temp_directory_path() / "tessera_damage_XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for the stores");
        path_ = path;
    }
    ~OwnFolder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    OwnFolder(OwnFolder const&) = delete;
    OwnFolder& operator=(OwnFolder const&) = delete;
    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

/// For the program from the outside: good.h5, and 0.h5, 1.h5, ...
void write_stores(comm::Communicator const& comm, Options const& options) {
    std::string const good = make_store(comm, options.plan, options.write_to);
    std::ostringstream bytes;
    bytes << std::ifstream(good, std::ios::binary).rdbuf();
    for (std::uint64_t number = options.first; number < options.first + options.cases; ++number)
        std::ofstream(options.write_to + "/" + std::to_string(number) + ".h5", std::ios::binary)
            << damage(bytes.str(), options.plan.seed + number).bytes;
}

int watch(Options const& options) {
    OwnFolder const folder;
    Tally const tally = watch_workers(options, folder.path());
    tally.print();
    // Were nothing refused, nothing would have been damaged, or looked at.
    bool const enough = tally.count("refused") > tally.tried() / 2 && tally.tried() == options.cases;
    fmt::print("{} damaged stores, seed {}: {} harmless, {} refused, {} found by --verify, {} faults\n", tally.tried(),
               options.plan.seed, tally.count("harmless"), tally.count("refused"), tally.count("found"),
               tally.count("faults"));
    return enough && tally.count("faults") == 0 ? 0 : 1;
}

int run(int argc, char** argv) {
    Options const options = read_options(argc, argv);
    if (options.folder.empty() && options.write_to.empty()) return watch(options);
    comm::Session const session(argc, argv);
    if (!options.write_to.empty())
        write_stores(session.world(), options);
    else
        run_cases(session.world(), options.plan, make_store(session.world(), options.plan, options.folder),
                  options.folder, options.first, options.first + options.cases, Worker::speaks_to);
    return 0;
}

}  // namespace
}  // namespace tessera::damage

int main(int argc, char** argv) {
    try {
        return tessera::damage::run(argc, argv);
    } catch (std::exception const& error) {
        fmt::print(stderr, "damage_stores: {}\n", error.what());
        return 2;
    }
}
