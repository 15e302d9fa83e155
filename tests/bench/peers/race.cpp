#include "race.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <chrono>
#include <cstdio>

namespace tessera::bench {

std::size_t Contestant::answer_all(Questions const& questions) const {
    constexpr int questions_a_helping = 256;  // neighbours along the curve stay with one thread
    std::size_t found = 0;
#pragma omp parallel reduction(+ : found)
    {
        Rows rows;
#pragma omp for schedule(dynamic, questions_a_helping)
        for (std::size_t i = 0; i < questions.size(); ++i)
            found += answer(questions, i, rows);
    }
    return found;
}

double time_answers(Contestant const& contestant, Questions const& questions, int threads) {
    omp_set_num_threads(threads);
    auto const start = std::chrono::steady_clock::now();
    std::size_t const found = contestant.answer_all(questions);
    std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - start;
    if (found == 0) std::fputs("no question found anything: is this the right store?\n", stderr);
    return taken.count();
}

void race(std::string const& name, std::vector<Runner> const& runners, Questions const& questions, int threads,
          int rounds) {
    for (int round = 0; round <= rounds; ++round)
        for (Runner const& runner : runners) {
            double const seconds = time_answers(*runner.contestant, questions, threads);
            if (round == 0) continue;
            fmt::print(R"({{"case":"{}","who":"{}","threads":{},"seconds":{:.6f},"items":{}}})"
                       "\n",
                       name, runner.name, threads, seconds, questions.size());
            std::fflush(stdout);
        }
}

}  // namespace tessera::bench
