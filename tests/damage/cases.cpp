#include "cases.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "asked.hpp"
#include "damage.hpp"

namespace tessera::damage {
namespace {

constexpr char const* name = "case.h5";
constexpr std::uint64_t tricked = 2;

/// Each reads other columns, in another way; the last one all.
std::vector<std::vector<std::string>> const& questions() {
    static std::vector<std::vector<std::string>> const all{
        {"info", name, "--json", "--plan", "3"},
        {"aggregate", name, "--by", "payment,hour", "--measure", "trips,sum:fare,max:tip,p90:duration"},
        {"range", name, "--box", "-74.02,40.70,-73.95,40.80", "--limit", "30"},
        {"nearest", name, "--at", "-73.98,40.75", "--k", "5", "--on", "dropoff"},
        {"info", name, "--verify"},
    };
    return all;
}

std::string bytes_of(std::string const& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

void say(int to, std::string const& line) {
    if (::write(to, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw std::runtime_error("the one that counts has gone");
}

class Cases {
  public:
    Cases(comm::Communicator const& comm, Plan const& plan, std::string const& good, std::string const& folder)
        : comm_(comm), plan_(plan), good_(bytes_of(good)) {
        std::filesystem::current_path(folder);
        answers_ = ask_all(good_);
        for (Asked const& asked : answers_)
            if (!asked.error.empty()) throw std::runtime_error("the whole store is refused: " + asked.error);
    }

    void run(std::uint64_t number, int to) {
        Damaged damaged = damage(good_, plan_.seed + number);
        say(to, fmt::format("begin {} {} ({})\n", number, damaged.kind, damaged.where));
        if (number == tricked && plan_.trick != Trick::none) play_trick(damaged);
        auto const outcome = judge(damaged.bytes, ask_all(damaged.bytes), number == tricked);
        say(to, fmt::format("end {} {}: {}\n", number, damaged.kind, outcome));
    }

  private:
    std::vector<Asked> ask_all(std::string const& bytes) {
        // A new file each time: HDF5 must not take it for one that it knows.
        std::filesystem::remove(name);
        std::ofstream(name, std::ios::binary) << bytes;
        std::vector<Asked> asked;
        for (auto const& words : questions())
            asked.push_back(ask(comm_, words));
        return asked;
    }

    /// What the promise says of them: the same answer, or a clear error. And no damage to what is not compressed is
    /// missed where all is looked at; of what is, some bytes are of no consequence.
    std::string judge(std::string const& bytes, std::vector<Asked> asked, bool is_tricked) const {
        if (is_tricked && plan_.trick == Trick::other_answer) asked[1] = {answers_[1].answer + "1", ""};
        if (is_tricked && plan_.trick == Trick::unclear) asked[1] = {"", "std::bad_alloc"};
        if (is_tricked && plan_.trick == Trick::unnoticed) asked = answers_;
        bool refused = false, same = true;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            auto const& [answer, error] = asked[i];
            std::string const question = questions()[i].front();
            if (error.empty() && answer != answers_[i].answer) return "FAULT a different answer to " + question;
            if (!error.empty() && bytes == good_) return "FAULT refused, and it is whole: " + error;
            // "reading the store: case.h5: is damaged: ..."
            if (!error.empty() && error.find(std::string(": ") + name + ": ") == std::string::npos)
                return "FAULT an unclear error: " + error;
            same = same && error.empty();
            refused = refused || (!error.empty() && i + 1 < asked.size());
        }
        if (same && bytes != good_ && plan_.store == "plain") return "FAULT nobody noticed";
        return same ? "harmless" : refused ? "refused" : "found";
    }

    void play_trick(Damaged& damaged) const {
        if (plan_.trick == Trick::crash) ::raise(SIGSEGV);
        while (plan_.trick == Trick::hang)
            ::pause();
        if (damaged.bytes == good_) damaged.bytes.back() = static_cast<char>(~damaged.bytes.back());
    }

    comm::Communicator const& comm_;
    Plan const& plan_;
    std::string good_;
    std::vector<Asked> answers_;
};

}  // namespace

std::string make_store(comm::Communicator const& comm, Plan const& plan, std::string const& folder) {
    std::vector<std::string> ingest{"ingest"};
    for (std::string const& source : std::array<std::string, 3>{"green", "uber", "yellow"}) {
        std::string const path = folder + "/" + source + ".csv";
        Asked const made = ask(comm, {"generate", "trips", "--trips", "1000", "--format", source, "--output", path});
        if (!made.error.empty()) throw std::runtime_error(made.error);
        ingest.push_back(path);
    }
    std::string const store = folder + "/good.h5";
    ingest.insert(ingest.end(),
                  {"--store", store, "--tile-trips", "100", "--compress", plan.store == "plain" ? "none" : plan.store});
    if (Asked const made = ask(comm, ingest); !made.error.empty()) throw std::runtime_error(made.error);
    return store;
}

void run_cases(comm::Communicator const& comm, Plan const& plan, std::string const& good, std::string const& folder,
               std::uint64_t first, std::uint64_t last, int to) {
    Cases cases(comm, plan, good, folder);
    for (std::uint64_t number = first; number < last; ++number)
        cases.run(number, to);
}

}  // namespace tessera::damage
