#include <omp.h>

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>

#include "tessera/request/part.hpp"

namespace tessera::request {
namespace {

using Clock = std::chrono::steady_clock;

/// A question about more rows than this is worth all threads; below, threads take whole questions.
constexpr std::uint64_t rows_of_a_heavy_question = 200'000;

/// Light questions of fewer rows together are not worth waking other threads: those would then look for more work for
/// longer than this takes, and be in the way of whoever brings it (the thread that serves HTTP, other ranks).
constexpr std::uint64_t rows_for_a_team = 500'000;
/// What a nearest question takes beside the rows that it looks at, in rows.
constexpr std::uint64_t rows_of_a_nearest_question = 4'000;

/// About how many rows a question looks at. Nearest questions look at few, and say by themselves when they need more
/// threads.
std::uint64_t weight_of(query::TripIndex const& index, Question const& question) {
    return operation_of(question) == Operation::nearest ? rows_of_a_nearest_question
                                                        : query::estimate_rows(index, filter_of(question));
}

/// A question that one thread answers.
struct LightQuestion {
    std::uint64_t rows;
    std::size_t place;
};

query::NearestQuestion const* as_quick(Question const& question) {
    auto const* const nearest = std::get_if<query::NearestQuestion>(&question);
    return nearest != nullptr && query::is_quick(*nearest) ? nearest : nullptr;
}

/// Nearest questions that gain by being answered together.
void answer_quick_parts(query::TripIndex const& index, std::vector<Question const*> const& questions,
                        std::vector<std::size_t> const& quick, Limits const& limits, std::vector<Part>& parts) {
    std::vector<query::NearestQuestion const*> nearest;
    for (std::size_t const place : quick)
        nearest.push_back(as_quick(*questions[place]));
    std::vector<std::uint8_t> answered(quick.size(), 0);
    std::vector<Clock::time_point> since(static_cast<std::size_t>(omp_get_max_threads()), Clock::now());
    try {
        query::find_nearest_of_each(index, nearest, [&](std::size_t i, auto const& neighbours, auto const& looked) {
            Part part = part_of(index, neighbours, looked);
            auto const now = Clock::now();
            auto& last = since[static_cast<std::size_t>(omp_get_thread_num())];
            part.work = now - std::exchange(last, now);
            parts[quick[i]] = std::move(part);
            answered[i] = 1;
        });
    } catch (std::exception const&) {  // of one of them; the others get their answers
        for (std::size_t i = 0; i < quick.size(); ++i)
            if (answered[i] == 0) parts[quick[i]] = answer_part(index, *questions[quick[i]], limits);
    }
}

}  // namespace

void answer_parts(query::TripIndex const& index, std::vector<Question const*> const& questions,
                  std::vector<std::uint8_t> const& mine, Limits const& limits, std::vector<Part>& parts) {
    bool const alone = omp_get_max_threads() == 1;
    std::vector<LightQuestion> light;
    std::vector<std::size_t> quick;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (mine[i] == 0) continue;
        index.prepare_for(filter_of(*questions[i]));  // here, where all threads can take part
        if (as_quick(*questions[i]) != nullptr) {
            quick.push_back(i);
            continue;
        }
        std::uint64_t const rows = alone ? 0 : weight_of(index, *questions[i]);
        if (alone || rows > rows_of_a_heavy_question)
            parts[i] = answer_part(index, *questions[i], limits);
        else
            light.push_back({rows, i});
    }
    // The longest first, so that all threads end together.
    std::stable_sort(light.begin(), light.end(), [](auto const& a, auto const& b) { return a.rows > b.rows; });
    std::uint64_t const rows = std::accumulate(light.begin(), light.end(), std::uint64_t{0},
                                               [](auto sum, auto const& one) { return sum + one.rows; });
    // A single one may still call other threads by itself.
#pragma omp parallel for schedule(dynamic) if (light.size() > 1 && rows >= rows_for_a_team)
    for (std::size_t i = 0; i < light.size(); ++i)
        parts[light[i].place] = answer_part(index, *questions[light[i].place], limits);
    answer_quick_parts(index, questions, quick, limits, parts);
}

}  // namespace tessera::request
